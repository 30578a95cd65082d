#!/usr/bin/env python3
"""Makes the fixtures of this folder, independently of our own code (standard library; `cryptography` for the JWE).

    python3 Tests/Fixtures/links/make.py
"""
import base64, hashlib, hmac, json, os, pathlib

HERE = pathlib.Path(__file__).parent
KEY = bytes(range(32))


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def jwt(header, claims, key=KEY, mac=None):
    signing_input = b64url(compact(header)) + "." + b64url(compact(claims))
    mac = hmac.new(key, signing_input.encode(), hashlib.sha256).digest() if mac is None else mac
    return signing_input + "." + b64url(mac)


HEADER = {"alg": "HS256", "kid": "k1", "typ": "JWT"}
CLAIMS = {
    "iss": "pass-issuer", "iat": 1795485600.25, "exp": 1798761600, "jti": "c-1", "campaign": "spring-loyalty",
    "platform": "apple", "contact": {"id": "c-1", "firstName": "Zoë"}, "voucher": {"code": "AB12", "value": 10.5},
}


def without(key):
    return {k: v for k, v in CLAIMS.items() if k != key}


links = {
    "signed": jwt(HEADER, CLAIMS),
    "otherKeyID": jwt({**HEADER, "kid": "k9"}, CLAIMS),
    "otherKey": jwt(HEADER, CLAIMS, key=bytes(32)),
    "none": jwt({"alg": "none", "kid": "k1", "typ": "JWT"}, CLAIMS, mac=b""),
    "noneUpperCase": jwt({"alg": "NONE", "kid": "k1", "typ": "JWT"}, CLAIMS, mac=b""),
    "hs512": jwt({**HEADER, "alg": "HS512"}, CLAIMS),
    "critical": jwt({**HEADER, "crit": ["exp"]}, CLAIMS),
    "otherIssuer": jwt(HEADER, {**CLAIMS, "iss": "somebody"}),
    "noCampaign": jwt(HEADER, without("campaign")),
    "numericExpiryAsText": jwt(HEADER, {**CLAIMS, "exp": "1798761600"}),
    "shortSignature": jwt(HEADER, CLAIMS, mac=b"\0" * 16),
}
parts = links["signed"].split(".")
links["alteredClaims"] = ".".join([parts[0], b64url(compact({**CLAIMS, "jti": "c-2"})), parts[2]])

from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: E402

protected = b64url(compact({"alg": "dir", "enc": "A256GCM", "kid": "k1", "typ": "JWT"}))
iv = bytes(range(12))
sealed = AESGCM(KEY).encrypt(iv, compact(CLAIMS), protected.encode())
links["encrypted"] = ".".join([protected, "", b64url(iv), b64url(sealed[:-16]), b64url(sealed[-16:])])
links["encryptedAltered"] = ".".join([protected, "", b64url(iv), b64url(sealed[:-17] + b"\0"), b64url(sealed[-16:])])

(HERE / "links.json").write_text(json.dumps(links, indent=2) + "\n")
