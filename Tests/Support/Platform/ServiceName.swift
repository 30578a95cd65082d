/// The four services by the names of their executables.
public enum ServiceName: String, Sendable, CaseIterable {
    case issuer = "pass-issuer"
    case registry = "device-registry"
    case bridge = "google-bridge"
    case push = "push-sender"

    /// Its login at the database.
    public var login: PostgresLogin {
        switch self {
        case .issuer: .passIssuer
        case .registry: .deviceRegistry
        case .bridge: .googleBridge
        case .push: .pushSender
        }
    }

    /// Whether phones, browsers or Google reach it.
    public var hasPublicListener: Bool { self != .push }

    /// Who calls it, besides the admin.
    var callers: [ServiceName] {
        switch self {
        case .issuer: [.registry, .bridge]
        case .registry: [.issuer, .push]
        case .bridge: [.issuer]
        case .push: [.issuer, .registry]
        }
    }

    /// The setting with the digest of this caller's token.
    var digestSetting: String { rawValue.uppercased().replacing("-", with: "_") + "_TOKEN_SHA256" }
}
