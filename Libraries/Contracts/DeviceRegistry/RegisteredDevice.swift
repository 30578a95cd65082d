import HTTPTypes

/// A device on which a pass is, for the service that follows its pushes.
public struct RegisteredDevice: Codable, Hashable, Sendable {
    /// The device.
    public var deviceLibraryIdentifier: DeviceLibraryIdentifier
    /// Where its pushes go; nil when it is a wallet that APNs does not serve.
    public var pushToken: PushToken?
    /// Since when it has the pass.
    public var registeredAt: Instant

    /// Names a device.
    public init(deviceLibraryIdentifier: DeviceLibraryIdentifier, pushToken: PushToken?, registeredAt: Instant) {
        self.deviceLibraryIdentifier = deviceLibraryIdentifier
        self.pushToken = pushToken
        self.registeredAt = registeredAt
    }
}
