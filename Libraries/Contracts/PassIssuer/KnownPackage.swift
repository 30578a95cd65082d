import HTTPTypes

/// The package of a pass that a phone has.
public struct KnownPackage: Codable, Hashable, Sendable {
    /// The pass's type.
    public var passTypeIdentifier: PassTypeIdentifier
    /// The pass.
    public var serialNumber: SerialNumber
    /// What the phone says of its package: the Last-Modified that came with it.
    public var ifModifiedSince: Instant

    /// Names it.
    public init(passTypeIdentifier: PassTypeIdentifier, serialNumber: SerialNumber, ifModifiedSince: Instant) {
        self.passTypeIdentifier = passTypeIdentifier
        self.serialNumber = serialNumber
        self.ifModifiedSince = ifModifiedSince
    }
}
