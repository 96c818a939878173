#!/bin/sh
# Takes a newer edition of the reference suites: shows the difference, then copies.
#
#   tests/conformance/update.sh DIR [--copy]
#
# DIR holds suite.py, run-*.py and one folder for each suite. Without --copy it
# only shows. After it: tests/conformance/check.py, and read what changed.
set -eu
from=${1:?usage: tests/conformance/update.sh DIR [--copy]}
here=$(dirname "$0")
parts="suite.py run-markdown.py markdown run-dataview.py dataview run-tasks.py tasks"
status=0
for part in $parts; do
    diff -ruN --exclude=__pycache__ "$here/$part" "$from/$part" || status=1
done
if [ "$status" = 0 ]; then
    echo "nothing new"
elif [ "${2:-}" = --copy ]; then
    for part in $parts; do
        rm -rf "${here:?}/$part"
        cp -R "$from/$part" "$here/$part"
    done
    chmod -R u+w "$here"
    echo "copied"
fi
