import HTTPTypes

/// A pass on a device.
public struct DeviceRegistration: Codable, Hashable, Sendable {
    /// Its pass type.
    public var passTypeIdentifier: PassTypeIdentifier
    /// Its serial number.
    public var serialNumber: SerialNumber
    /// When the device registered it.
    public var registeredAt: Instant

    /// Names a registration.
    public init(passTypeIdentifier: PassTypeIdentifier, serialNumber: SerialNumber, registeredAt: Instant) {
        self.passTypeIdentifier = passTypeIdentifier
        self.serialNumber = serialNumber
        self.registeredAt = registeredAt
    }
}
