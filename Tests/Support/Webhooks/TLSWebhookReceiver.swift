import Foundation
import HTTPTypes
import JSON

/// A customer's system behind TLS: Python's own server, with the demo authority's certificate for this machine.
public final class TLSWebhookReceiver: Sendable {
    private static let script = """
        import http.server, json, ssl, sys

        class Receiver(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                print(json.dumps({"path": self.path, "headers": headers, "body": body.decode()}), flush=True)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *arguments):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
        server.socket = context.wrap_socket(server.socket, server_side=True)
        print(json.dumps({"port": server.server_port}), flush=True)
        server.serve_forever()
        """

    private let directory: TestDirectory
    private let process: ChildProcess
    /// Where it takes events.
    public let url: String

    /// Starts it.
    public init(_ authority: PassAuthority) async throws {
        directory = try TestDirectory()
        process = try await ChildProcess.start(
            ["python3", "-c", Self.script, authority.path("server.pem"), authority.path("server.key.pem")],
            outputTo: directory.path("lines"))
        var port: Int?
        try await eventually("the receiver to listen") { [directory] in
            port = try Self.lines(directory).first?["port"]?.intValue
            return port != nil
        }
        url = "https://127.0.0.1:\(port ?? 0)/hook"
    }

    /// Everything that came.
    public var taken: [WebhookReceiver.Request] {
        get throws {
            try Self.lines(directory).dropFirst().map { line in
                var headers = HTTPHeaders()
                for (name, value) in line["headers"]?.objectValue ?? [:] { headers[name] = value.stringValue }
                return WebhookReceiver.Request(
                    path: line["path"]?.stringValue ?? "", headers: headers,
                    body: Array((line["body"]?.stringValue ?? "").utf8))
            }
        }
    }

    /// Ends it.
    public func stop() async {
        process.send(SIGKILL)
        await process.wait()
    }

    private static func lines(_ directory: TestDirectory) throws -> [JSONValue] {
        let text = String(decoding: (try? directory.bytes("lines")) ?? [], as: UTF8.self)
        // The last one may still be on its way.
        return try text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
            try JSON.parse(String(line))
        }
    }
}
