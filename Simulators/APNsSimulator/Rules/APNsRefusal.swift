import HTTPTypes

/// A push that is refused.
struct APNsRefusal: Error, Hashable {
    let reason: APNsReason
    /// With 410: since when the token is no longer valid.
    var timestamp: Instant?

    init(_ reason: APNsReason, timestamp: Instant? = nil) {
        self.reason = reason
        self.timestamp = timestamp
    }
}
