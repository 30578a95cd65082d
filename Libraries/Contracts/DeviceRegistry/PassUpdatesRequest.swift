/// Passes that changed at the issuer, 10,000 at most; idempotent by `updateId`.
public struct PassUpdatesRequest: Codable, Hashable, Sendable {
    /// What this delivery is known by.
    public var updateId: UpdateID
    /// The pass type of all of them.
    public var passTypeIdentifier: PassTypeIdentifier
    /// The passes.
    public var serialNumbers: [SerialNumber]
    /// Whether their contacts were erased and are back; absent is false.
    public var revives: Bool?
    /// Of a pass that is somebody's again: its version since then; erasures of older ones don't count any more.
    public var version: Int?

    /// Makes a request.
    public init(
        updateId: UpdateID, passTypeIdentifier: PassTypeIdentifier, serialNumbers: [SerialNumber], revives: Bool? = nil,
        version: Int? = nil
    ) {
        self.updateId = updateId
        self.passTypeIdentifier = passTypeIdentifier
        self.serialNumbers = serialNumbers
        self.revives = revives
        self.version = version
    }

    /// How many serial numbers a request may hold.
    public static let maximumCount = 10_000
}
