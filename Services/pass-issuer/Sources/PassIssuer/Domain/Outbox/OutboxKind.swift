/// What a message is about; a replica takes the kinds that it knows and leaves those of a newer release alone.
enum OutboxKind: String, Sendable, CaseIterable {
    case passesChanged
    case pushCredentials
    case googleIssuer
    case googleClass
    case googleObjects

    /// Who takes it.
    var destination: OutboxDestination {
        switch self {
        case .passesChanged: .deviceRegistry
        case .pushCredentials: .pushSender
        case .googleIssuer, .googleClass, .googleObjects: .googleBridge
        }
    }
}
