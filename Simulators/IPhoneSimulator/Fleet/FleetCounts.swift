/// What the phones of a fleet have done.
public struct FleetCounts: Hashable, Sendable {
    /// Pushes that reached a phone of the fleet.
    public var pushes = 0
    /// Pushes to tokens that no phone of the fleet has.
    public var strayPushes = 0
    /// Questions what changed that were answered.
    public var asked = 0
    /// Such answers that listed nothing.
    public var askedInVain = 0
    /// Packages that came.
    public var fetched = 0
    /// Packages that were the newest already.
    public var notModified = 0
    /// Calls without an answer, or with one that no phone expects.
    public var failures = 0
    /// Phones that gave up after ten failures.
    public var abandoned = 0

    /// Nothing yet.
    public init() {}
}
