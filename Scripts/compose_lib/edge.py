"""A client of the edge: TLS with its authority checked, by the name that phones know."""
import http.client
import io
import json
import socket
import ssl
import zipfile

HOST, PORT, PLAIN_PORT = "wallet.test", 8443, 8080
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"


class _Connection(http.client.HTTPSConnection):
    """Goes to this host, whatever the name resolves to elsewhere."""

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", PORT), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=HOST)


class Edge:
    """Requests through the edge."""

    def __init__(self, authority):
        self._context = ssl.create_default_context(cafile=str(authority))

    def connection(self):
        """A connection of its own, to be used for several requests."""
        return _Connection(HOST, PORT, timeout=30, context=self._context)

    def __call__(self, method, path, body=None, headers=None, over=None):
        """Status, headers and body; `over` is a connection that is kept."""
        connection = over or self.connection()
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            if over is None:
                connection.close()

    def raw(self, data):
        """All that is answered to bytes as they are."""
        with socket.create_connection(("127.0.0.1", PORT), 10) as plain:
            with self._context.wrap_socket(plain, server_hostname=HOST) as connection:
                connection.sendall(data)
                received = b""
                try:
                    while chunk := connection.recv(65536):
                        received += chunk
                except OSError:
                    pass
        return received

    def open_link(self, link, over=None):
        """The pass that an iPhone gets for a link: status and package."""
        path = "/" + link.split("/", 3)[3]
        status, _, body = self("GET", path, headers={"User-Agent": IPHONE}, over=over)
        return status, body


def content_of(package):
    """The pass.json of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return json.loads(archive.read("pass.json"))
