/// A pass whose contact was erased.
public struct ErasedPass: Codable, Hashable, Sendable {
    /// Its pass type.
    public var passTypeIdentifier: PassTypeIdentifier
    /// Its serial number.
    public var serialNumber: SerialNumber
    /// The version with which it was emptied: one that is somebody's again since stays. Absent: an older release asks.
    public var version: Int?

    /// Names a pass.
    public init(passTypeIdentifier: PassTypeIdentifier, serialNumber: SerialNumber, version: Int? = nil) {
        self.passTypeIdentifier = passTypeIdentifier
        self.serialNumber = serialNumber
        self.version = version
    }
}
