/// What happened in a span of days.
public struct ActivityTotals: Codable, Hashable, Sendable {
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

    /// Adds up days.
    public init(of days: [ActivityDay]) {
        func sum(_ figure: KeyPath<ActivityDay, Int>) -> Int { days.reduce(0) { $0 + $1[keyPath: figure] } }
        issued = sum(\.issued)
        installed = sum(\.installed)
        removed = sum(\.removed)
        updates = sum(\.updates)
        pushesAccepted = sum(\.pushesAccepted)
        pushesRejected = sum(\.pushesRejected)
        googleSaved = sum(\.googleSaved)
        googleDeleted = sum(\.googleDeleted)
    }
}
