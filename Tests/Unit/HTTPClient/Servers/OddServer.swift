/// A server in Python that answers as no decent server does, and tells exactly what it was sent.
final class OddServer: Sendable {
    let url: String
    private let process: ServerProcess

    init() async throws {
        process = try await ServerProcess(["python3", "-c", Self.script])
        url = "http://127.0.0.1:" + (try await process.firstLine { !$0.isEmpty })
    }

    private static let script = #"""
        import socket, threading
        ok = b"HTTP/1.1 200 OK\r\n"
        def sized(body): return ok + b"Content-Length: %d\r\n\r\n" % len(body) + body
        def redirect(to): return b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + to + b"\r\n\r\n"
        def endless(connection, piece):
            try:
                while True: connection.sendall(piece)
            except OSError: pass
        def serve(connection, port):
            data = b""
            while True:
                while b"\r\n\r\n" not in data:
                    more = connection.recv(65536)
                    if not more: return connection.close()
                    data += more
                head, data = data.split(b"\r\n\r\n", 1)
                length = 0
                for line in head.split(b"\r\n")[1:]:
                    if line.lower().startswith(b"content-length:"): length = int(line.split(b":")[1])
                while len(data) < length: data += connection.recv(65536)
                body, data = data[:length], data[length:]
                path = head.split(b" ")[1]
                if path == b"/port": answer = sized(str(port).encode())
                elif path.startswith(b"/echo"): answer = sized(head + b"\r\n\r\n" + body)
                elif path == b"/silence": continue
                elif path == b"/garbage": answer = b"good morning\r\n\r\n"
                elif path == b"/cut": answer = ok + b"Content-Length: 100\r\n\r\nonly this"
                elif path == b"/nothing": answer = b""
                elif path == b"/early": answer = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + sized(b"late")
                elif path == b"/trailer":
                    answer = ok + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Trailer: yes\r\n\r\n"
                elif path == b"/repeated":
                    answer = ok + b"Set-Cookie: a\r\nset-cookie: b\r\nX-Empty:\r\nContent-Length: 0\r\n\r\n"
                elif path == b"/to-ftp": answer = redirect(b"ftp://127.0.0.1/secret")
                elif path == b"/to-file": answer = redirect(b"file:///etc/passwd")
                elif path == b"/loop": answer = redirect(b"/loop")
                elif path == b"/to-echo": answer = redirect(b"/echo")
                elif path == b"/fields": connection.sendall(ok); return endless(connection, b"X-Field: " + b"a" * 900 + b"\r\n")
                elif path == b"/endless":
                    connection.sendall(ok + b"Transfer-Encoding: chunked\r\n\r\n")
                    return endless(connection, b"1000\r\n" + b"a" * 4096 + b"\r\n")
                connection.sendall(answer)
                if path in (b"/garbage", b"/cut", b"/nothing"): return connection.close()
        listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        print(listener.getsockname()[1], flush=True)
        while True:
            connection, address = listener.accept()
            threading.Thread(target=serve, args=(connection, address[1]), daemon=True).start()
        """#
}
