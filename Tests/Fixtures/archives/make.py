#!/usr/bin/env python3
"""Writes archives that a reader must take and ones that it must refuse: make.py <directory>

good-*.zip hold the files of GOOD; bad-<reason>.zip hold one hostile or broken trait each. Python's zipfile makes the
sound parts; what it would not write is made by hand or by changing its bytes.
"""
import io
import struct
import sys
import zipfile
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from zipped import archive  # noqa: E402

GOOD = {"pass.json": b'{"formatVersion":1}', "de.lproj/pass.strings": b'"a" = "b";\n' * 200, "empty.txt": b"",
        "grö\u00dfe.bin": bytes(range(256)) * 40}


def entry(name, data, *, method=0, flags=0, packed=None, size=None, crc=None, system=3, mode=0o100644, local_name=None,
          offset=None, local_packed=None):
    """One entry by hand; each field can be made to lie."""
    packed = data if packed is None else packed
    size = len(data) if size is None else size
    crc = zlib.crc32(data) if crc is None else crc
    raw, local_raw = name.encode(), (local_name or name).encode()
    common = struct.pack("<HHHHHIIIHH", 20, flags, method, 0, 33, crc, len(packed), size, len(raw), 0)
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, flags, method, 0, 33, crc,
                        len(packed) if local_packed is None else local_packed, size, len(local_raw), 0)
    central = struct.pack("<IBB", 0x02014B50, 20, system) + common + struct.pack("<HHHI", 0, 0, 0, mode << 16)
    return local + local_raw + packed, central, raw, offset


def build(entries, *, count=None, disk=0, tail=b"", hidden=0, length=None, start=None):
    body, directory = b"", b""
    for local, central, raw, offset in entries:
        place = len(body) if offset is None else offset
        if offset is None:
            body += local
        directory += central + struct.pack("<I", place) + raw
    count = len(entries) - hidden if count is None else count
    end = struct.pack("<IHHHHIIH", 0x06054B50, disk, disk, count, count,
                      len(directory) if length is None else length, len(body) if start is None else start, len(tail))
    return body + directory + end + tail


def deflated(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def good():
    files = list(GOOD.items())
    yield "deflated", archive(files)
    yield "stored", archive(files, zipfile.ZIP_STORED)
    yield "reversed", archive(files[::-1])
    yield "comments", archive(files, comment=b"PK\5\6 is not the end " * 20)
    yield "folders", archive(files, directories=("de.lproj", "empty"))
    yield "extra", archive(files, extra=struct.pack("<HH5s", 0x7777, 5, b"extra"))
    yield "descriptors", archive(files, stream=True)
    yield "descriptors-stored", archive(files, zipfile.ZIP_STORED, stream=True)
    yield "dot-slash", build([entry("./" + name, data, method=8, packed=deflated(data), flags=0x800)
                              for name, data in files])
    forced = io.BytesIO()
    with zipfile.ZipFile(forced, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files:
            with target.open(name, "w", force_zip64=True) as file:
                file.write(data)
    yield "zip64-local-headers", forced.getvalue()


def bad():
    one = entry("a", b"x")
    yield "notAnArchive", b"{}"
    yield "notAnArchive", b""
    whole = archive(list(GOOD.items()))
    yield "notAnArchive", whole[:-1]
    yield "notAnArchive", whole[: len(whole) // 2]
    for name in ("", "/etc/passwd", "../a", "a/../../b", "a//b", "/", "..", "a\\b", "C:a", "a\0b", "a\nb", "x" * 2000):
        yield "unsafePath", build([entry(name, b"x")])
    yield "duplicatePath", build([one, entry("a", b"y")])
    yield "duplicatePath", build([one, entry("./a", b"y")])
    yield "notAFile", build([entry("link", b"/etc/passwd", mode=0o120777)])
    yield "notAFile", build([entry("pipe", b"", mode=0o010644, system=19)])
    yield "encrypted", build([entry("a", b"x", flags=1)])
    yield "encrypted", build([entry("a", b"x", flags=0x40)])
    for method in (1, 9, 12, 14, 93, 99):
        yield "unsupported", build([entry("a", b"x", method=method)])
    yield "unsupported", build([one], disk=1)
    yield "unsupported", build([one], count=0xFFFF)
    yield "unsupported", build([entry("a", b"x", size=0xFFFFFFFF)])
    yield "tooManyFiles", archive([(str(number), b"") for number in range(1001)])
    yield "fileTooLarge", build([entry("a", b"x", method=8, size=17 << 20)])
    big = bytes(16 << 20)
    packed = deflated(big)
    yield "suspiciousRatio", build([entry("a", big, method=8, packed=packed)])
    yield "archiveTooLarge", build([entry(str(number), b"", method=8, size=16 << 20, packed=bytes(1 << 17))
                                    for number in range(4)])
    # The directory claims little, the stream holds much: only what was claimed is ever unpacked.
    yield "damagedFile", build([entry("a", b"x" * 10, method=8, packed=packed)])
    yield "damagedFile", build([entry("a", b"x" * 10, method=8, packed=deflated(b"x" * 9))])
    yield "damagedFile", build([entry("a", b"x" * 10, method=8, packed=deflated(b"x" * 10) + b"more")])
    yield "damagedFile", build([entry("a", b"x" * 10, method=8, packed=deflated(b"x" * 10)[:-1])])
    yield "damagedFile", build([entry("a", b"x" * 10, method=8, packed=b"\xff" * 12)])
    yield "damagedFile", build([entry("a", b"x", crc=1)])
    # Many names for one stream, as in the bombs that do not nest.
    yield "overlapping", overlapping()
    yield "damaged", build([entry("a", b"x", local_name="b")])
    yield "damaged", build([entry("a", b"x", local_packed=7)])
    yield "damaged", build([entry("a", b"x", size=2)])
    yield "damaged", build([entry("a", b"x", offset=1 << 30)])
    yield "damaged", build([one, entry("b", b"y")], hidden=1)
    yield "damaged", build([one], count=2)
    yield "damaged", build([one], start=1 << 30)
    yield "damaged", build([one], length=1 << 20)
    yield "damaged", build([one], start=0)
    # A file that claims the bytes of the directory.
    yield "damaged", build([entry("a", bytes(200))]).replace(bytes(200), b"")


def overlapping():
    """A second file that lies, header and all, inside the bytes of the first."""
    inner = entry("b", b"y")[0]
    outer = entry("a", inner + b"rest")
    second = entry("b", b"y", offset=len(outer[0]) - len(inner) - 4)
    return build([outer, second])


def main():
    target = Path(sys.argv[1])
    for name, data in good():
        (target / f"good-{name}.zip").write_bytes(data)
    for number, (reason, data) in enumerate(bad()):
        (target / f"bad-{reason}-{number:02}.zip").write_bytes(data)


if __name__ == "__main__":
    main()
