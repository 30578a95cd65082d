/// A service that is told something.
enum OutboxDestination: String, Sendable, CaseIterable {
    case deviceRegistry = "device-registry"
    case pushSender = "push-sender"
    case googleBridge = "google-bridge"
}
