import HTTPTypes

/// Warns when mass updates of a campaign follow each other so closely that iOS would slow them down.
///
/// Phones keep a score of pushes for each pass type that fades within half an hour at least; above its levels they update
/// at most every 2, 10 or 60 minutes.
enum UpdateFrequency {
    /// The shortest time after which a push no longer counts.
    static let closest = 1_800

    /// A sentence when the newest of these mass updates came too soon after the one before it, for as long as it matters.
    /// - Parameter starts: when they began, the newest first.
    static func warning(of starts: [Instant], at now: Instant) -> String? {
        guard starts.count >= 2 else { return nil }
        let gap = Int(starts[0].seconds(since: starts[1]))
        guard gap < closest, Int(now.seconds(since: starts[0])) < closest else { return nil }
        return
            "The last two mass updates began \(gap) seconds apart. iPhones that are pushed more often than about every "
            + "half an hour update a pass type at most every 2, 10 or 60 minutes. Put changes together, or set "
            + "PUSH_MIN_INTERVAL_SECONDS of push-sender so that it joins pushes."
    }
}
