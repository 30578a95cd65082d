#!/usr/bin/env python3
"""Verifies a callback as Google's documentation says, with openssl's command line for the signatures.

verify_callback.py CALLBACK KEYS RECIPIENT MILLISECONDS   prints the message, or why it is not believed (status 1)
"""
import base64
import json
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

PROTOCOL = "ECv2SigningOnly"


def lengths_and_values(*texts):
    return b"".join(struct.pack("<I", len(text.encode())) + text.encode() for text in texts)


def verifies(key, signature, message):
    """Whether openssl finds the signature good under a base64 SubjectPublicKeyInfo."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        pem = "\n".join(key[start:start + 64] for start in range(0, len(key), 64))
        (place / "key").write_text(f"-----BEGIN PUBLIC KEY-----\n{pem}\n-----END PUBLIC KEY-----\n")
        (place / "signature").write_bytes(base64.b64decode(signature, validate=True))
        (place / "message").write_bytes(message)
        command = ["openssl", "dgst", "-sha256", "-verify", "key", "-signature", "signature", "message"]
        return subprocess.run(command, cwd=place, capture_output=True).returncode == 0


def main(callback, keys, recipient, now):
    envelope, now = json.loads(Path(callback).read_bytes()), int(now)
    if envelope["protocolVersion"] != PROTOCOL:
        sys.exit("protocol")
    roots = [key["keyValue"] for key in json.loads(Path(keys).read_bytes())["keys"]
             if key["protocolVersion"] == PROTOCOL and int(key["keyExpiration"]) > now]
    intermediate = envelope["intermediateSigningKey"]
    signed_key = intermediate["signedKey"]
    vouched = lengths_and_values("GooglePayPasses", PROTOCOL, signed_key)
    if not any(verifies(root, signature, vouched) for root in roots for signature in intermediate["signatures"]):
        sys.exit("root")
    key = json.loads(signed_key)
    if int(key["keyExpiration"]) <= now:
        sys.exit("key expired")
    signed = lengths_and_values("GooglePayPasses", recipient, PROTOCOL, envelope["signedMessage"])
    if not verifies(key["keyValue"], envelope["signature"], signed):
        sys.exit("signature")
    message = json.loads(envelope["signedMessage"])
    if message["expTimeMillis"] <= now:
        sys.exit("message expired")
    print(json.dumps(message, sort_keys=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
