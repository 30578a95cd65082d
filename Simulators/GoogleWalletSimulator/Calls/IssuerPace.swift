import HTTPTypes
import Synchronization

/// The calls that each issuer still has, as a bucket that fills with time.
final class IssuerPace: Sendable {
    private struct Bucket {
        var calls: Double
        var filledAt: Instant
    }

    private let buckets = Mutex<[String: Bucket]>([:])

    /// Takes one call of an issuer; false when it has none.
    func admit(_ issuerID: String, at now: Instant, perSecond: Double, burst: Int) -> Bool {
        guard perSecond > 0 else { return true }
        return buckets.withLock { buckets in
            var bucket = buckets[issuerID] ?? Bucket(calls: Double(burst), filledAt: now)
            let elapsed = max(0, now.seconds(since: bucket.filledAt))
            bucket.calls = min(Double(max(burst, 1)), bucket.calls + elapsed * perSecond)
            bucket.filledAt = now
            let isAdmitted = bucket.calls >= 1
            if isAdmitted { bucket.calls -= 1 }
            buckets[issuerID] = bucket
            return isAdmitted
        }
    }

    /// Fills every bucket.
    func reset() {
        buckets.withLock { $0 = [:] }
    }
}
