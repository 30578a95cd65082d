"""Makes packages with Python's zipfile and openssl, sound ones and spoiled ones."""
import hashlib
import io
import json
import subprocess
import tempfile
import zipfile
from pathlib import Path


def manifest(files, changes=None):
    """manifest.json of files; changes replace entries, None removes one."""
    entries = {path: hashlib.sha1(data).hexdigest() for path, data in files}
    for path, digest in (changes or {}).items():
        entries[path] = digest
    return json.dumps({path: digest for path, digest in entries.items() if digest is not None}).encode()


def sign(content, authority, certificate="pass", key=None, chain="intermediate", arguments=()):
    """A detached signature that openssl makes with certificates of Scripts/certificates."""
    authority = Path(authority)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "content")
        source.write_bytes(content)
        command = ["openssl", "cms", "-sign", "-binary", "-outform", "DER", "-in", str(source),
                   "-signer", str(authority / f"{certificate}.pem"),
                   "-inkey", str(authority / f"{key or certificate}.key.pem")]
        if chain:
            command += ["-certfile", str(authority / f"{chain}.pem")]
        return subprocess.run(command + list(arguments), check=True, stdout=subprocess.PIPE).stdout


def archive(files, method=zipfile.ZIP_DEFLATED, folder="", directories=(), comment=b"", stream=False, extra=b""):
    """The files as a ZIP archive."""
    out = Pipe() if stream else io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as target:
        for name in directories:
            target.writestr(zipfile.ZipInfo(folder + name + "/"), b"")
        for path, data in files:
            info = zipfile.ZipInfo(folder + path, (2026, 3, 4, 5, 6, 8))
            info.compress_type, info.extra, info.external_attr = method, extra, 0o100644 << 16
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


def package(files, authority, **options):
    """A signed package of files."""
    signing = {name: options.pop(name) for name in ("certificate", "key", "chain", "arguments") if name in options}
    listed = manifest(files, options.pop("manifest_changes", None))
    signature = sign(listed, authority, **signing)
    return archive(files + [("manifest.json", listed), ("signature", signature)], **options)
