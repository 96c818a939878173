#!/usr/bin/env python3
"""Laws that hold for the site of any vault.

usage: laws.py [--only NAME…] [--fixtures] [--keep DIR]

Over every content-fixtures/*/vault, the conformance suite's vault, a vault of odd
files, and, where there are some, real vaults.  --fixtures leaves the real ones out.
"""
import argparse
import concurrent.futures
import glob
import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import time
from urllib.parse import unquote

import site as S  # tests/site/site.py: this folder is first on the path

assert S.__file__.startswith(os.path.dirname(os.path.abspath(__file__))), "the wrong site module"
