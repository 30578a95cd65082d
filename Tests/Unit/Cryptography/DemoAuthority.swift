import Cryptography
import Foundation

/// Certificates made by `Scripts/certificates` for one run of the tests.
struct DemoAuthority {
    let directory: URL

    /// One authority with every variant for all tests of the process; its directory goes at exit.
    static func shared() throws -> DemoAuthority {
        try made.get()
    }

    private static let made = Result { try DemoAuthority() }

    private init() throws {
        directory = URL(fileURLWithPath: NSTemporaryDirectory())
            .appendingPathComponent("wallet demo authority \(ProcessInfo.processInfo.processIdentifier)")
        let path = directory.path
        DemoAuthorityCleanup.register(path)
        let made = try ExternalTool.run(
            Self.repository.appendingPathComponent("Scripts/certificates").path, path, "expired", "not-yet-valid",
            "other-team", "no-uid", "wrong-issuer", "ec", "encrypted-key")
        guard made.status == 0 else { throw Failure(text: made.errors) }
    }

    struct Failure: Error { let text: String }

    static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: directory.appendingPathComponent(name)))
    }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    func certificate(_ name: String = "pass") throws -> Certificate { try Certificate(pem: text("\(name).pem")) }

    func key(_ name: String = "pass") throws -> PrivateKey { try PrivateKey(pem: text("\(name).key.pem")) }
}

/// Removes the authority's directory when the process ends.
private enum DemoAuthorityCleanup {
    static func register(_ path: String) {
        guard setenv("WALLET_DEMO_AUTHORITY", path, 1) == 0 else { return }
        atexit(removeDemoAuthority)
    }
}

private func removeDemoAuthority() {
    guard let path = getenv("WALLET_DEMO_AUTHORITY").map({ String(cString: $0) }) else { return }
    try? FileManager.default.removeItem(atPath: path)  // The process ends; nobody could act on a failure.
}
