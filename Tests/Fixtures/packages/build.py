#!/usr/bin/env python3
"""Makes one package as a test describes it: build.py <authority> <output>, the description being JSON at standard input.

{"files": [[path, base64], …], "manifest": {path: digest or null}, "signature": {"certificate", "key", "chain", "arguments"} or base64,
 "late": [[path, base64], …], "leaveOut": [path, …], "folder": "", "stored": false}
`late` replaces or adds files after the manifest was made.
"""
import base64
import json
import sys
import zipfile

import packaging


def main():
    wanted = json.load(sys.stdin)
    files = [(path, base64.b64decode(data)) for path, data in wanted["files"]]
    listed = packaging.manifest(files, wanted.get("manifest"))
    signature = wanted.get("signature", {})
    if isinstance(signature, str):
        signed = base64.b64decode(signature)
    else:
        signed = packaging.sign(listed, sys.argv[1], **signature)
    files += [("manifest.json", listed), ("signature", signed)]
    for path, data in wanted.get("late", []):
        files = [file for file in files if file[0] != path] + [(path, base64.b64decode(data))]
    files = [file for file in files if file[0] not in wanted.get("leaveOut", [])]
    method = zipfile.ZIP_STORED if wanted.get("stored") else zipfile.ZIP_DEFLATED
    with open(sys.argv[2], "wb") as output:
        output.write(packaging.archive(files, method, folder=wanted.get("folder", "")))


if __name__ == "__main__":
    main()
