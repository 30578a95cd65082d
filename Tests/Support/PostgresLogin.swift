/// A login of `Deploy/postgres/roles.sql`.
public enum PostgresLogin: String, Sendable, CaseIterable {
    case passIssuer = "PASS_ISSUER"
    case deviceRegistry = "DEVICE_REGISTRY"
    case pushSender = "PUSH_SENDER"
    case googleBridge = "GOOGLE_BRIDGE"

    /// The schema that the login works in.
    public var schema: String {
        switch self {
        case .passIssuer: "issuer"
        case .deviceRegistry: "registry"
        case .pushSender: "push"
        case .googleBridge: "google"
        }
    }
}
