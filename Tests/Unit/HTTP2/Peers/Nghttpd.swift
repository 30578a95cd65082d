import Glibc
import HTTP2
import Support

/// nghttpd, the server of the nghttp2 project, with one file to serve.
final class Nghttpd: Sendable {
    let process: ChildProcess
    private let port: Int
    private let directory: TestDirectory
    private let authority: PassAuthority

    private init(process: ChildProcess, port: Int, directory: TestDirectory, authority: PassAuthority) {
        self.process = process
        self.port = port
        self.directory = directory
        self.authority = authority
    }

    deinit {
        process.send(SIGKILL)
    }

    static func start() async throws -> Nghttpd {
        let authority = try await PassAuthority.shared()
        let directory = try TestDirectory()
        try directory.write(Array("hello".utf8), to: "hello.txt")
        let port = try FreePorts.take()
        // Debian keeps it where only root's PATH leads.
        let program = access("/usr/sbin/nghttpd", X_OK) == 0 ? "/usr/sbin/nghttpd" : "nghttpd"
        let process = try await ChildProcess.start(
            [
                program, "-v", "-a", "127.0.0.1", "-d", directory.path, "\(port)", authority.path("server.key.pem"),
                authority.path("server.pem"),
            ], outputTo: directory.path("log"))
        let peer = Nghttpd(process: process, port: port, directory: directory, authority: authority)
        try await eventually("nghttpd to listen") { try peer.log().contains("listen 127.0.0.1") }
        return peer
    }

    /// What it has written so far.
    func log() throws -> String {
        String(decoding: try directory.bytes("log"), as: UTF8.self)
    }

    func client(_ configure: (inout HTTP2ClientConfiguration) -> Void = { _ in }) throws -> HTTP2Client {
        var configuration = HTTP2ClientConfiguration(
            host: "127.0.0.1", port: port, trustedCertificates: try authority.pem("root.pem"), maximumConnections: 1,
            firstReconnectPause: .milliseconds(20))
        configure(&configuration)
        return try HTTP2Client(configuration: configuration)
    }
}
