import HTTPTypes

/// Which packages that phones have are the newest.
public struct FreshnessAnswer: Codable, Hashable, Sendable {
    /// The Last-Modified of each that is, in the order that was asked for; null for one that must be fetched, be it that
    /// there is a newer one, or that the pass is not known.
    public var lastModified: [Instant?]

    /// Makes an answer.
    public init(lastModified: [Instant?]) {
        self.lastModified = lastModified
    }
}
