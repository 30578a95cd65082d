import Glibc

/// Nanoseconds of a clock that never goes back.
enum MonotonicClock {
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

extension Duration {
    /// Saturates at 100 years: far enough for every deadline, and safe to add to the clock.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return min(max(seconds, 0), 3_155_760_000) * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// Milliseconds as PostgreSQL's settings take them; at least 1, for 0 means no limit.
    var settingMilliseconds: Int64 { min(max(1, nanoseconds / 1_000_000), Int64(Int32.max)) }
}
