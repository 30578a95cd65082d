"""Requests to the services: never through a proxy, and with their problems as text."""
import json
import time
import urllib.error
import urllib.request

from .layout import Failure

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def is_ready(base):
    """Whether a service says that its database and its migrations are ready."""
    return answers(f"{base}/readyz")


def answers(url):
    """Whether a GET is answered 200."""
    try:
        with _opener.open(url, timeout=2) as response:
            return response.status == 200
    except (OSError, ValueError):
        return False


def text(url):
    """What a GET is answered, as text."""
    with _opener.open(url, timeout=10) as response:
        return response.read().decode()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Shows where a browser would go instead of going there."""

    def redirect_request(self, *_arguments):
        return None


_browser = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())


def browse(method, url, body=None, agent="demo"):
    """What a browser gets, a redirection included, shown in a line: status, headers, text."""
    headers = {"User-Agent": agent, "Accept": "text/html,*/*;q=0.8"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    started = time.monotonic()
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    try:
        with _browser.open(request, timeout=30) as response:
            status, found, text = response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        status, found, text = error.code, error.headers, error.read()
    except OSError as error:
        raise Failure(f"{method} {url}: {error}") from None
    path = url.split("/", 3)[-1]
    shown = f"/{path}" if len(path) < 71 else f"/{path[:68]}…"
    print(f"  {method:<6}  {shown:<72}  {status}  {(time.monotonic() - started) * 1000:5.0f} ms", flush=True)
    return status, found, text.decode(errors="replace")


class Caller:
    """Calls one listener with one token, and can show each exchange in a line."""

    def __init__(self, base, token, shows=False):
        self._base, self._token, self._shows = base, token, shows

    def __call__(self, method, path, body=None, content_type="application/json"):
        """The decoded answer; a problem is a failure."""
        started = time.monotonic()
        status, answer = _call(method, self._base + path, self._token, body, content_type)
        if self._shows:
            # The columns of the simulated phone.
            print(f"  {method:<6}  {path:<72}  {status}  {(time.monotonic() - started) * 1000:5.0f} ms", flush=True)
        return answer


def _call(method, url, token, body, content_type, timeout=30):
    data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
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
