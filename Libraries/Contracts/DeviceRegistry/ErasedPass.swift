/// A pass whose contact was erased.
public struct ErasedPass: Codable, Hashable, Sendable {
    /// Its pass type.
    public var passTypeIdentifier: PassTypeIdentifier
    /// Its serial number.
    public var serialNumber: SerialNumber

    /// Names a pass.
    public init(passTypeIdentifier: PassTypeIdentifier, serialNumber: SerialNumber) {
        self.passTypeIdentifier = passTypeIdentifier
        self.serialNumber = serialNumber
    }
}
