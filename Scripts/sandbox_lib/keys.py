"""Tokens and keys: made once, kept below .local/secrets, readable by their owner alone."""
import base64
import hashlib
import secrets

from .layout import SECRETS, write_atomically


def _kept(name, make):
    SECRETS.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = SECRETS / name
    if not path.exists():
        write_atomically(path, make() + "\n", mode=0o600)
    return path


def key_ring(name):
    """The file of a key ring in the syntax `kid:base64`, with one key of 32 bytes."""
    return _kept(name, lambda: "k1:" + base64.b64encode(secrets.token_bytes(32)).decode())


def token_file(name):
    """The file of a bearer token."""
    return _kept(f"{name}-token", lambda: secrets.token_urlsafe(32))


def token(name):
    return token_file(name).read_text(encoding="utf-8").strip()


def token_digest(name):
    """What the callee of a bearer token knows: its SHA-256 in hex."""
    return hashlib.sha256(token(name).encode()).hexdigest()
