import Glibc

/// Nanoseconds of the system's monotonic clock, in a form that fits an atomic.
struct MonotonicTime: Comparable, Sendable {
    let nanoseconds: UInt64

    static var now: MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    /// Later by a duration, which counts as zero when negative and is cut at a century.
    func adding(_ duration: Duration) -> MonotonicTime {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return self }
        let bounded = UInt64(min(seconds, 3_155_760_000))
        return MonotonicTime(nanoseconds: nanoseconds + bounded * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000))
    }

    func duration(since earlier: MonotonicTime) -> Duration {
        .nanoseconds(nanoseconds > earlier.nanoseconds ? Int64(nanoseconds - earlier.nanoseconds) : 0)
    }

    static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}
