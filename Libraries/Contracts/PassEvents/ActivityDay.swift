/// What happened on one day (UTC). A service fills what it counts and leaves the rest 0.
public struct ActivityDay: Codable, Hashable, Sendable {
    /// The day, `2026-06-30`.
    public var date: String
    /// Passes made.
    public var issued: Int
    /// Registrations of passes by devices.
    public var installed: Int
    /// Ends of registrations.
    public var removed: Int
    /// Changes of passes.
    public var updates: Int
    /// Pushes that APNs took.
    public var pushesAccepted: Int
    /// Pushes that APNs refused.
    public var pushesRejected: Int
    /// Passes saved to Google Wallet.
    public var googleSaved: Int
    /// Passes deleted from Google Wallet.
    public var googleDeleted: Int

    /// Makes a day.
    public init(
        date: String, issued: Int = 0, installed: Int = 0, removed: Int = 0, updates: Int = 0, pushesAccepted: Int = 0,
        pushesRejected: Int = 0, googleSaved: Int = 0, googleDeleted: Int = 0
    ) {
        self.date = date
        self.issued = issued
        self.installed = installed
        self.removed = removed
        self.updates = updates
        self.pushesAccepted = pushesAccepted
        self.pushesRejected = pushesRejected
        self.googleSaved = googleSaved
        self.googleDeleted = googleDeleted
    }
}
