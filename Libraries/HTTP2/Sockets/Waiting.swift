/// How long a thread may wait for an instant, rounded up, so that it does not wake too early and again at once.
func milliseconds(until instant: ContinuousClock.Instant?, from now: ContinuousClock.Instant) -> Int32 {
    guard let instant else { return 60_000 }
    let (seconds, attoseconds) = now.duration(to: instant).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    guard seconds < 60 else { return 60_000 }
    return Int32(seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
}
