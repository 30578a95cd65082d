import Foundation

/// Certificates made by the openssl tool: a root, an intermediate, and pass certificates below it.
actor TestAuthority {
    /// A certificate that can sign a manifest.
    struct Signer: Sendable {
        let certificate: String
        let key: String
        let intermediates: String?
    }

    static let shared = TestAuthority()

    private let directory = TestTool.newDirectory("authority")
    private var made: Task<Void, any Error>?
    private var usual: Task<Signer, any Error>?
    private var count = 0

    /// The root's PEM file.
    func rootFile() async throws -> String {
        try await prepare()
        return path("root.pem")
    }

    /// The signer of sound packages.
    func signer() async throws -> Signer {
        if usual == nil { usual = Task { try await signer(days: 30) } }
        return if let usual { try await usual.value } else { try await signer(days: 30) }
    }

    /// A signer whose subject and validity the test chooses.
    func signer(
        subject: String = "/UID=pass.com.example.test/CN=Pass Type ID: pass.com.example.test/OU=TEAM123456/O=Example",
        days: Int, includesIntermediate: Bool = true
    ) async throws -> Signer {
        try await prepare()
        count += 1
        let name = "leaf\(count)"
        try await openssl("req", "-new", "-key", path("leaf.key"), "-subj", subject, "-out", path("\(name).csr"))
        try await openssl(
            "x509", "-req", "-in", path("\(name).csr"), "-CA", path("intermediate.pem"), "-CAkey",
            path("authority.key"), "-set_serial", "\(count)", "-days", "\(days)", "-out", path("\(name).pem"))
        return Signer(
            certificate: path("\(name).pem"), key: path("leaf.key"),
            intermediates: includesIntermediate ? path("intermediate.pem") : nil)
    }

    /// A detached CMS over the content, made by `openssl cms`.
    func sign(_ content: [UInt8], by signer: Signer, arguments: [String] = []) async throws -> [UInt8] {
        count += 1
        let (input, output) = (path("content\(count)"), path("signature\(count)"))
        try Data(content).write(to: URL(filePath: input))
        let chain = signer.intermediates.map { ["-certfile", $0] } ?? []
        try await openssl(
            ["cms", "-sign", "-binary", "-md", "sha256", "-in", input, "-signer", signer.certificate]
                + ["-inkey", signer.key, "-outform", "DER", "-out", output] + chain + arguments)
        return Array(try Data(contentsOf: URL(filePath: output)))
    }

    private func path(_ name: String) -> String { directory.appending(path: name).path }

    private func prepare() async throws {
        if made == nil { made = Task { try await makeAuthority() } }
        try await made?.value
    }

    private func makeAuthority() async throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        for key in ["root.key", "authority.key", "leaf.key"] {
            try await openssl("ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out", path(key))
        }
        let constraints = path("ca.cnf")
        try Data("basicConstraints=critical,CA:TRUE\n".utf8).write(to: URL(filePath: constraints))
        try await openssl(
            "req", "-x509", "-new", "-key", path("root.key"), "-subj", "/CN=Test Root", "-days", "30", "-out",
            path("root.pem"), "-addext", "basicConstraints=critical,CA:TRUE")
        try await openssl(
            "req", "-new", "-key", path("authority.key"), "-subj", "/CN=Test Intermediate", "-out",
            path("authority.csr"))
        try await openssl(
            "x509", "-req", "-in", path("authority.csr"), "-CA", path("root.pem"), "-CAkey", path("root.key"),
            "-set_serial", "1", "-days", "30", "-extfile", constraints, "-out", path("intermediate.pem"))
    }

    private func openssl(_ arguments: String...) async throws { try await openssl(arguments) }

    private func openssl(_ arguments: [String]) async throws {
        _ = try await TestTool.run("openssl", arguments)
    }
}
