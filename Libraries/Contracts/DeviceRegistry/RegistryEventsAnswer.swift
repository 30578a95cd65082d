/// The steps of a pass that the registry saw, oldest first (the newest 1,000 at most), and the devices it is on now.
public struct RegistryEventsAnswer: Codable, Hashable, Sendable {
    /// The steps.
    public var events: [PassEvent]
    /// The devices, 100 at most, the newest registrations first.
    public var devices: [RegisteredDevice]

    /// Makes an answer.
    public init(events: [PassEvent], devices: [RegisteredDevice]) {
        self.events = events
        self.devices = devices
    }
}
