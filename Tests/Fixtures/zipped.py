"""ZIP archives as other programs write them, by Python's zipfile; what scripts of fixtures share."""
import io
import zipfile


def archive(files, method=zipfile.ZIP_DEFLATED, folder="", directories=(), comment=b"", stream=False, extra=b""):
    """The files as a ZIP archive; the comment stands at the archive and at each file."""
    out = Pipe() if stream else io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as target:
        for name in directories:
            target.writestr(zipfile.ZipInfo(folder + name + "/"), b"")
        for path, data in files:
            info = zipfile.ZipInfo(folder + path, (2026, 3, 4, 5, 6, 8))
            info.compress_type, info.extra, info.comment = method, extra, comment
            info.external_attr = 0o100644 << 16
            target.writestr(info, data)
        target.comment = comment
    return out.getvalue()


class Pipe(io.BytesIO):
    """What a program writes to a pipe: sizes follow each file as a data descriptor."""

    def seekable(self):
        return False

    def seek(self, *_):
        raise io.UnsupportedOperation()

    def tell(self):
        raise io.UnsupportedOperation()
