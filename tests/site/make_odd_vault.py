#!/usr/bin/env python3
"""make_odd_vault.py DIR: a vault of what git cannot keep, or should not.

DIR is created and must not exist; what a link leads to outside the vault lies
in DIR.outside beside it. Every file says in its text what it is for. Notes
that must not appear on the site hold the word CANARY.
"""
import os
import sys


def put(root, path, content):
    full = os.path.join(os.fsencode(root), os.fsencode(path))
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "wb") as f:
        f.write(content.encode() if isinstance(content, str) else content)


def text_files(root):
    put(root, "Home.md", "Notes: [[bom]] [[crlf]] [[cr]] [[nul]] [[latin]]"
        " [[utf16le]] [[utf16be]] [[empty]] [[seen from here]]\n")
    put(root, "bom.md", b"\xef\xbb\xbf---\ntags: [bom]\n---\nA BOM before.\n")
    put(root, "crlf.md", "---\r\ntags: [crlf]\r\n---\r\nLines end\r\nin CR LF.\r\n")
    put(root, "cr.md", "---\rtags: [cr]\r---\rLines end\rin CR.\r")
    put(root, "nul.md", b"A NUL follows this text of some length: \0 and an "
        b"escape \x1b[31m.\n")
    put(root, "latin.md", b"One byte is no UTF-8: Caf\xe9.\n")
    put(root, "cut.md", "The last character is cut: ".encode() + b"\xe6\x97")
    put(root, "utf16le.md", "\ufeffCANARY-utf16le\n".encode("utf-16-le"))
    put(root, "utf16be.md", "CANARY-utf16be, without a BOM\n".encode("utf-16-be"))
    put(root, "utf16 cyrillic.md",
        "---\nпубликация: нет\n---\nCANARY\n".encode("utf-16-le"))
    put(root, "empty.md", "")
    put(root, "empty.png", "")


def odd_names(root):
    put(root, b"caf\xe9.md", "CANARY-name: the name is not UTF-8.\n")
    put(root, b"caf\xe9/inside.md", "CANARY-folder: nor is the folder's.\n")
    put(root, "line\nend.md", "A line end in the name.\n")
    put(root, "back\\slash.md", "A backslash in the name.\n")
    put(root, "<b>&\"'.md", "Markup in the name.\n")
    put(root, "C:con.md", "A name that Windows has no place for.\n")
    put(root, "Cafe\u0301.md", "The name is decomposed.\n")
    put(root, ".hidden.md", "CANARY-hidden: no part of the vault.\n")
    put(root, ".trash/gone.md", "CANARY-trash: no part of the vault.\n")


def links(root):
    outside = root + ".outside"
    put(outside, "secret.md", "CANARY-outside\n")
    put(root, "folder/seen from here.md", "Seen at two places.\n")
    for name, target in [
        ("link to note.md", "folder/seen from here.md"),
        ("link to folder", "folder"),
        ("link outside", os.path.abspath(outside)),
        ("link outside.md", os.path.join("..", os.path.basename(outside), "secret.md")),
        ("link to passwd.md", "/etc/passwd"),
        ("link to root", "."),
        ("folder/link to parent", ".."),
        ("link to itself.md", "link to itself.md"),
        ("link to nowhere.md", "nowhere.md"),
        ("link to trash.md", ".trash/gone.md"),
        ("link as text.txt", "folder/seen from here.md"),
        ("x/to y", "../y"),
        ("y/to x", "../x"),
    ]:
        full = os.path.join(root, name)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        os.symlink(target, full)


def special(root):
    os.mkfifo(os.path.join(root, "fifo.md"))
    os.symlink("fifo.md", os.path.join(root, "link to fifo.md"))
    os.symlink("/dev/zero", os.path.join(root, "endless.md"))
    # Whoever runs as root reads it all the same.
    if os.geteuid() != 0:
        put(root, "unreadable.md", "CANARY-unreadable\n")
        os.chmod(os.path.join(root, "unreadable.md"), 0)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = sys.argv[1].rstrip("/")
    os.makedirs(root)
    text_files(root)
    odd_names(root)
    links(root)
    special(root)


if __name__ == "__main__":
    main()
