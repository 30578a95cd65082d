/// The messages of the control interface.
enum ControlMessages {
    struct Pushes: Codable, Sendable {
        var pushes: [APNsPush]
        /// The number of the last push of all.
        var last: Int
    }

    struct DeviceRequest: Codable, Sendable {
        /// A token made elsewhere; without it a new one is given out.
        var token: String?
        /// The only topic that it is for.
        var topic: String?
    }

    struct Device: Codable, Sendable {
        var token: String
    }

    struct Settings: Codable, Sendable {
        var acceptsKnownTokensOnly: Bool?
        var maximumConcurrentStreams: Int?
        /// The reason for which all pushes are refused; an empty one ends that.
        var outage: String?
    }

    struct Ending: Codable, Sendable {
        var reason: String?
    }
}
