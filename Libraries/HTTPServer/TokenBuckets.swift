import Synchronization

/// Token buckets by whatever tells clients apart, in bounded memory.
public final class TokenBuckets<Key: Hashable & Sendable>: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: ContinuousClock.Instant
    }

    private let perSecond: Double
    private let burst: Double
    private let capacity: Int
    private let buckets = Mutex<[Key: Bucket]>([:])

    /// Allows so many requests a second after a burst; at most `capacity` keys are remembered at once.
    public init(perSecond: Double, burst: Int, capacity: Int = 65_536) {
        self.perSecond = max(perSecond, 0.000_001)
        self.burst = Double(max(burst, 1))
        self.capacity = max(capacity, 1)
    }

    /// Takes one token of a key; gives the seconds to wait when there is none, nil when it may go on.
    public func admit(_ key: Key, at now: ContinuousClock.Instant = .now) -> Int? {
        buckets.withLock { buckets in
            var bucket = buckets[key] ?? makeBucket(in: &buckets, at: now)
            bucket.tokens = tokens(of: bucket, at: now)
            bucket.filledAt = now
            guard bucket.tokens >= 1 else {
                buckets[key] = bucket
                return max(1, Int(((1 - bucket.tokens) / perSecond).rounded(.up)))
            }
            bucket.tokens -= 1
            buckets[key] = bucket
            return nil
        }
    }

    /// How many keys are remembered.
    var count: Int { buckets.withLock { $0.count } }

    private func tokens(of bucket: Bucket, at now: ContinuousClock.Instant) -> Double {
        // Not divided by a second: that is arithmetic of 128 bits, for each request.
        let (seconds, attoseconds) = bucket.filledAt.duration(to: now).components
        let elapsed = Double(seconds) + Double(attoseconds) * 1e-18
        return min(burst, bucket.tokens + max(0, elapsed) * perSecond)
    }

    private func makeBucket(in buckets: inout [Key: Bucket], at now: ContinuousClock.Instant) -> Bucket {
        if buckets.count >= capacity {
            // A full bucket is the same as none.
            buckets = buckets.filter { tokens(of: $0.value, at: now) < burst }
        }
        if buckets.count >= capacity {
            // All are in use: the fullest eighth goes, which forgives the clients that asked least.
            let kept = buckets.sorted { tokens(of: $0.value, at: now) < tokens(of: $1.value, at: now) }
                .prefix(capacity - max(1, capacity / 8))
            buckets = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
        }
        return Bucket(tokens: burst, filledAt: now)
    }
}
