import HTTPTypes

/// How many of a topic's paced pushes may go out now. Its replicas share `usedUntil`, a row of the database.
struct Pacing: Sendable, Hashable {
    /// Up to when the pace is used up.
    var usedUntil: Instant

    /// What was not used is lost but for this, so that a pause is not made up for by a burst.
    static let burst = Duration.milliseconds(250)

    /// Takes as many of the pushes, oldest first, as their own paces allow.
    /// - Parameter paces: how many such pushes may go out in a second, one for each that waits.
    /// - Returns: how many go out now.
    mutating func take(_ paces: [Int], at now: Instant) -> Int {
        guard let first = paces.first else { return 0 }
        // One may always be due, however slow the pace is.
        let burst = Self.burst.microseconds + Self.step(first)
        var used = max(usedUntil.microseconds, now.microseconds - burst)
        var count = 0
        for pace in paces {
            let next = used + Self.step(pace)
            guard next <= now.microseconds else { break }
            used = next
            count += 1
        }
        if count > 0 { usedUntil = Instant(microseconds: used) }
        return count
    }

    /// How long until the next push of a pace may go out.
    func wait(forPace pace: Int, at now: Instant) -> Duration {
        .microseconds(max(0, usedUntil.microseconds + Self.step(pace) - now.microseconds))
    }

    private static func step(_ pace: Int) -> Int64 { 1_000_000 / Int64(max(1, pace)) }
}

extension Duration {
    /// Whole microseconds.
    var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
