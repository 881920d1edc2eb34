#!/usr/bin/env python3
"""Makes, or checks, archives.json: small gzip files and zip archives, sound and broken, in base64.

    python3 make_archives.py            # write the file
    python3 make_archives.py --check    # compare it with what would be written

Made by Python's gzip and zipfile modules; what these do not write is patched into their bytes afterwards.
"""

import argparse
import base64
import gzip
import io
import json
import pathlib
import struct
import sys
import warnings
import zipfile

GOLDEN = pathlib.Path(__file__).resolve().parent / "archives.json"
TEXT = b"title,year\nTides,1999\nSalt,2004\n"
MORE = b"id;name\n1;Iris\n"


def member(data, **more):
    return gzip.compress(data, mtime=0, **more)


def archive(*entries, patch=lambda data: data):
    """Entries: (name, data) or (name, data, method, Unix mode)."""
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as made:
        warnings.simplefilter("ignore")
        for name, data, *rest in entries:
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = rest[0] if rest else zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = (rest[1] if len(rest) > 1 else 0o100644) << 16
            made.writestr(info, data)
    return patch(file.getvalue())


def zip64():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        info = zipfile.ZipInfo("books.csv", (2020, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        with made.open(info, "w", force_zip64=True) as entry:
            entry.write(TEXT)
    return file.getvalue()


def field(offset, local_offset, layout, value):
    """Puts a value into every directory entry, and into every local header unless the offset is None."""
    def patch(data):
        data = bytearray(data)
        for magic, place in ((b"PK\1\2", offset), (b"PK\3\4", local_offset)):
            at = data.find(magic)
            while at >= 0 and place is not None:
                struct.pack_into(layout, data, at + place, value)
                at = data.find(magic, at + 4)
        return bytes(data)
    return patch


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1:]


def stored(data):
    """The first byte of the only entry's content, when it is stored."""
    return data.index(TEXT)


def made():
    packed = member(TEXT)
    plain = archive(("books.csv", TEXT))
    store = archive(("books.csv", TEXT, zipfile.ZIP_STORED))
    archives = {
        "gzip": packed,
        "gzipMembers": member(TEXT[:9]) + member(b"") + member(TEXT[9:]),
        "gzipPadded": packed + bytes(600),
        # Bit 3 of the flags: a name follows the header.
        "gzipWithName": packed[:3] + bytes([packed[3] | 8]) + packed[4:10] + b"books.csv\0" + packed[10:],
        "gzipEmpty": member(b""),
        "gzipCut": packed[:-12],
        "gzipCutInTrailer": packed[:-3],
        "gzipCutInHeader": packed[:6],
        "gzipWrongCRC": flip(packed, len(packed) - 8),
        "gzipWrongLength": flip(packed, len(packed) - 4),
        "gzipDamaged": flip(packed, 10),
        "gzipWithTail": packed + b"more",
        "gzipInGzip": member(packed),
        "zip": plain,
        "zip64": zip64(),
        "zipStored": store,
        "zipSeveral": archive(
            ("data/", b"", zipfile.ZIP_STORED, 0o40755), ("data/ratings.csv", MORE), ("__MACOSX/data/._ratings.csv", b"x"),
            (".hidden", b"x"), ("data/.git/config", b"x"), ("books.csv", TEXT, zipfile.ZIP_STORED, 0), ("./empty.csv", b"")),
        "zipOfNothing": archive(),
        "zipOfFolders": archive(("data/", b"", zipfile.ZIP_STORED, 0o40755), (".hidden", b"x")),
        "zipSymlink": archive(("books.csv", TEXT), ("link.csv", b"/etc/passwd", zipfile.ZIP_STORED, 0o120777)),
        "zipPipe": archive(("pipe.csv", b"", zipfile.ZIP_STORED, 0o10644)),
        "zipParent": archive(("data/../../books.csv", TEXT)),
        "zipParentWindows": archive(("..\\books.csv", TEXT)),
        "zipAbsolute": archive(("/etc/books.csv", TEXT)),
        "zipDrive": archive(("C:\\books.csv", TEXT)),
        "zipEncrypted": archive(("books.csv", TEXT), patch=field(8, 6, "<H", 1)),
        "zipBzip2": archive(("books.csv", TEXT, zipfile.ZIP_BZIP2)),
        "zipControl": archive(("a\x1b[2Jb.csv", TEXT)),
        "zipOffice": archive(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")),
        "zipCut": plain[: len(plain) // 2],
        "zipWrongCRC": flip(store, stored(store)),
        "zipDamaged": flip(plain, 30 + len("books.csv")),
        "zipSizeTooSmall": archive(("books.csv", TEXT), patch=field(24, 22, "<L", len(TEXT) - 1)),
        "zipSizeTooLarge": archive(("books.csv", TEXT), patch=field(24, 22, "<L", len(TEXT) + 1)),
        "zipStoredSizes": archive(("books.csv", TEXT, zipfile.ZIP_STORED), patch=field(24, 22, "<L", len(TEXT) + 9)),
        "zipHuge": archive(("books.csv", TEXT), patch=field(24, 22, "<L", 0xFFFF0000)),
        "zipOverlap": archive(("books.csv", TEXT), patch=field(20, 18, "<L", 5000)),
        "zipCount": plain[:-22 + 8] + struct.pack("<HH", 9, 9) + plain[-22 + 12:],
        "zipZip": archive(("inner.zip", plain)),
    }
    text = {name: base64.b64encode(data).decode() for name, data in archives.items()}
    return json.dumps(text, indent=0) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        if GOLDEN.read_text(encoding="utf-8") != made():
            sys.exit(f"{GOLDEN.name} is not what {pathlib.Path(__file__).name} makes.")
    else:
        GOLDEN.write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    main()
