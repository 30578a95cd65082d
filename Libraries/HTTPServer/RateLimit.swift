import HTTPTypes

/// How many requests a client address may send; one value may guard many routes.
public final class RateLimit: Sendable {
    private let buckets: TokenBuckets<IPAddress>

    /// Allows so many requests a second after a burst; at most `capacity` addresses are remembered at once.
    public init(perSecond: Double, burst: Int, capacity: Int = 65_536) {
        buckets = TokenBuckets(perSecond: perSecond, burst: burst, capacity: capacity)
    }

    /// Takes one token of an address; gives the seconds to wait when there is none, nil when it may go on.
    public func admit(_ address: IPAddress, at now: ContinuousClock.Instant = .now) -> Int? {
        buckets.admit(address.limited, at: now)
    }

    /// How many addresses are remembered.
    var count: Int { buckets.count }
}
