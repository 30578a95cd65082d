import HTTPTypes

/// A pass at Google, as its administrator sees it.
public struct GoogleObject: Codable, Hashable, Sendable {
    /// The pass.
    public var serialNumber: SerialNumber
    /// Its object's id.
    public var objectId: String
    /// Its class's id.
    public var classId: String
    /// The pass's version that is wanted.
    public var version: Int
    /// How far it is at Google.
    public var state: GoogleClassState
    /// Why Google refused it.
    public var error: String?
    /// Whether somebody has it in Google Wallet, as far as Google told.
    public var saved: Bool
    /// When it was written last; null before the first time.
    @Nullable public var writtenAt: Instant?

    /// Makes an item.
    public init(
        serialNumber: SerialNumber, objectId: String, classId: String, version: Int, state: GoogleClassState,
        error: String? = nil, saved: Bool, writtenAt: Instant?
    ) {
        self.serialNumber = serialNumber
        self.objectId = objectId
        self.classId = classId
        self.version = version
        self.state = state
        self.error = error
        self.saved = saved
        self.writtenAt = writtenAt
    }
}
