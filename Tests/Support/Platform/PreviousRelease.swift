import Foundation

/// The services of an earlier release, which tests run beside this checkout's; `Scripts/compatibility` builds them.
public struct PreviousRelease: Sendable {
    /// The one in the folder that `WALLET_PREVIOUS` names; nil when it names none.
    public static let current = PreviousRelease(ProcessInfo.processInfo.environment)

    /// The service that every platform starts from there, `WALLET_PREVIOUS_SERVICE`; nil when all are this checkout's.
    public let service: ServiceName?
    private let folder: String

    private init?(_ environment: [String: String]) {
        guard let folder = environment["WALLET_PREVIOUS"], !folder.isEmpty else { return nil }
        self.folder = folder
        service = environment["WALLET_PREVIOUS_SERVICE"].flatMap(ServiceName.init)
    }

    /// The path of its `roles.sql`.
    public var roles: String { folder + "/roles.sql" }

    /// Whether its migrations have logins of their own: before, a service migrated with the one that it ran with.
    public var hasOwners: Bool {
        // A folder without it is no release, which the first statement of a test tells.
        (try? String(contentsOfFile: roles, encoding: .utf8))?.contains("_owner") ?? false
    }

    func executable(_ name: String) -> String { "\(folder)/\(name)" }
}
