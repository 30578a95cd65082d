"""Makes packages with Python's zipfile and openssl, sound ones and spoiled ones."""
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from zipped import archive  # noqa: E402


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


def package(files, authority, **options):
    """A signed package of files."""
    signing = {name: options.pop(name) for name in ("certificate", "key", "chain", "arguments") if name in options}
    listed = manifest(files, options.pop("manifest_changes", None))
    signature = sign(listed, authority, **signing)
    return archive(files + [("manifest.json", listed), ("signature", signature)], **options)
