import HTTPTypes

/// The device tokens that the simulator gave out, and those that are not valid any more.
struct Devices {
    private var topics: [DeviceToken: String?] = [:]
    private var gone: [DeviceToken: Instant] = [:]

    /// Whether tokens that were not given out are refused.
    var onlyKnown = false

    /// Gives a token out, for one topic or for any.
    mutating func mint(topic: String?) -> DeviceToken {
        let token = DeviceToken.random()
        topics[token] = .some(topic)
        return token
    }

    /// A token becomes known that was made elsewhere, and valid again if it was gone.
    mutating func register(_ token: DeviceToken, topic: String?) {
        topics[token] = .some(topic)
        gone[token] = nil
    }

    /// A token is not valid any more.
    mutating func remove(_ token: DeviceToken, at time: Instant) {
        gone[token] = time
    }

    func check(_ token: DeviceToken, topic: String) throws(APNsRefusal) {
        if let since = gone[token] { throw APNsRefusal(.unregistered, timestamp: since) }
        guard let known = topics[token] else {
            guard !onlyKnown else { throw APNsRefusal(.badDeviceToken) }
            return
        }
        guard known == nil || known == topic else { throw APNsRefusal(.deviceTokenNotForTopic) }
    }
}
