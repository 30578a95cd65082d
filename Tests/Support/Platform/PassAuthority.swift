import Foundation
import Synchronization

/// Pass certificates of the demo authority, made by `Scripts/certificates` once for all tests of a process.
public struct PassAuthority: Sendable {
    /// The pass type of the first certificate.
    public static let passType = "pass.example.demo"
    /// The pass type of the second certificate.
    public static let otherPassType = "pass.example.other"

    private static let variants = ["server", "expired", "expiring", "wrong-issuer", "no-uid"]

    private let directory: String

    /// The authority; the first call makes it.
    public static func shared() async throws -> PassAuthority {
        try await SharedAuthority.instance.authority()
    }

    fileprivate init(directory: String) async throws {
        self.directory = directory
        let script = "\(Checkout.path)/Scripts/certificates"
        try await Program.succeed([script, directory, "--pass-type", Self.passType] + Self.variants)
        try await Program.succeed([script, directory, "--pass-type", Self.otherPassType, "--name", "other"])
    }

    /// The path of a PEM file: `root.pem`, `intermediate.pem`, `pass.pem`, `pass.key.pem`, `other.pem`, `server.pem`,
    /// `expired.pem`, `expiring.pem`, `wrong-issuer.pem`, `no-uid.pem`, each with its key.
    public func path(_ name: String) -> String { "\(directory)/\(name)" }

    /// The text of a PEM file.
    public func pem(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
}

private actor SharedAuthority {
    static let instance = SharedAuthority()

    private var making: Task<PassAuthority, any Error>?

    func authority() async throws -> PassAuthority {
        if let making { return try await making.value }
        let task = Task {
            let path = try TestDirectory.untilExit()
            return try await PassAuthority(directory: path)
        }
        making = task
        return try await task.value
    }
}

extension TestDirectory {
    private static let kept = Mutex<[TestDirectory]>([])

    /// A directory that goes when the process ends in order.
    static func untilExit() throws -> String {
        let directory = try TestDirectory()
        kept.withLock { kept in
            if kept.isEmpty { atexit { TestDirectory.removeKept() } }
            kept.append(directory)
        }
        return directory.path
    }

    private static func removeKept() {
        kept.withLock { $0 = [] }
    }
}
