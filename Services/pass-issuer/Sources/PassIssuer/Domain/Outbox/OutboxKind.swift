/// What a message is about; a replica takes the kinds that it knows and leaves those of a newer release alone.
enum OutboxKind: String, Sendable, CaseIterable {
    case passesChanged
    case pushCredentials

    /// Who takes it.
    var destination: OutboxDestination {
        switch self {
        case .passesChanged: .deviceRegistry
        case .pushCredentials: .pushSender
        }
    }
}
