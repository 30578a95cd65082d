/// `openssl s_server`, which answers each GET with a page about the connection.
final class TLSServer: Sendable {
    let url: String
    private let process: ServerProcess

    /// Starts it with a certificate and further options of `s_server`.
    init(_ files: TLSFiles, certificate: String = "server", _ options: [String] = []) async throws {
        process = try await ServerProcess(
            [
                "openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-cert", files.path("\(certificate).pem"),
                "-key", files.path("\(certificate).key"),
            ] + options)
        // "ACCEPT 127.0.0.1:41234", among lines about its parameters.
        let line = try await process.firstLine { $0.hasPrefix("ACCEPT ") }
        url = "https://127.0.0.1:\(line.split(separator: ":").last ?? "")/"
    }
}
