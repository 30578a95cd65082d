"""Requests to the services: never through a proxy, and with their problems as text."""
import json
import urllib.error
import urllib.request

from .layout import Failure

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def is_ready(base):
    """Whether a service says that its database and its migrations are ready."""
    try:
        with _opener.open(f"{base}/readyz", timeout=2) as response:
            return response.status == 200
    except (OSError, ValueError):
        return False


def call(method, url, token, body=None, content_type="application/json", timeout=30):
    """Sends JSON (or bytes) with a bearer token; returns the status and the decoded answer."""
    data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    if data is not None:
        headers["Content-Type"] = content_type
    request = urllib.request.Request(url, data=data, headers=headers, method=method)
    try:
        with _opener.open(request, timeout=timeout) as response:
            return response.status, json.loads(response.read() or b"null")
    except urllib.error.HTTPError as error:
        raise Failure(f"{method} {url}: {error.code} {_problem(error.read())}") from None
    except OSError as error:
        raise Failure(f"{method} {url}: {error}") from None


def _problem(body):
    try:
        problem = json.loads(body)
        faults = [f"\n  {fault.get('pointer')}: {fault.get('detail')}" for fault in problem.get("errors") or []]
        return str(problem.get("detail") or problem.get("title")) + "".join(faults)
    except (ValueError, AttributeError):
        return body.decode(errors="replace")[:500]
