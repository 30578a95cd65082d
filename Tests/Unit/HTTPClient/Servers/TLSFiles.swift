import Foundation
import Support

/// Certificates and keys made by openssl for one test, in a directory that goes with the value.
final class TLSFiles: Sendable {
    private let directory: TestDirectory

    /// `authority.pem`, signed by it `server.pem` (127.0.0.1), `other-name.pem` (host.invalid), `old.pem` (expired) and
    /// `client.pem`, and `stranger.pem`, an authority that signed nothing; the keys
    /// are `<name>.key`, and `locked.key` is the client's with a password.
    init() async throws {
        directory = try TestDirectory()
        for name in ["authority", "stranger"] { try await makeAuthority(name) }
        try await sign("server", "subjectAltName=IP:127.0.0.1", days: ["-days", "1"])
        try await sign("other-name", "subjectAltName=DNS:host.invalid", days: ["-days", "1"])
        try await sign("client", "extendedKeyUsage=clientAuth", days: ["-days", "1"])
        try await sign("old", "subjectAltName=IP:127.0.0.1", days: ["-days", "-1"])
        try await openssl(
            [
                "pkcs8", "-topk8", "-in", path("client.key"), "-passout", "pass:word", "-out", path("locked.key"),
            ])
    }

    func path(_ name: String) -> String { directory.path(name) }

    func bytes(_ name: String) throws -> [UInt8] { try directory.bytes(name) }

    private func makeAuthority(_ name: String) async throws {
        try await openssl(
            ["req", "-x509", "-nodes", "-days", "1", "-subj", "/CN=\(name)"] + Self.newKey
                + ["-keyout", path("\(name).key"), "-out", path("\(name).pem")])
    }

    private func sign(_ name: String, _ extensions: String, days: [String]) async throws {
        try await openssl(
            ["req", "-new", "-nodes", "-subj", "/CN=\(name)"] + Self.newKey
                + ["-keyout", path("\(name).key"), "-out", path("\(name).csr")])
        try directory.write(Array(extensions.utf8), to: "\(name).ext")
        try await openssl(
            [
                "x509", "-req", "-in", path("\(name).csr"), "-CA", path("authority.pem"), "-CAkey",
                path("authority.key"), "-extfile", path("\(name).ext"), "-out", path("\(name).pem"),
            ] + days)
    }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]

    private func openssl(_ arguments: [String]) async throws {
        let log = path("openssl-\(UUID().uuidString)")
        let status = try await ChildProcess.start(["openssl"] + arguments, outputTo: log).wait()
        guard status == 0 else {
            throw ServerProcess.Failure(description: try String(contentsOfFile: log, encoding: .utf8))
        }
    }
}
