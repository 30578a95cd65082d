/// A device as it is answered to admins.
public struct DeviceAnswer: Codable, Hashable, Sendable {
    /// Its identifier.
    public var deviceLibraryIdentifier: DeviceLibraryIdentifier
    /// The first eight digits of its push token.
    public var pushToken: String
    /// The passes on it.
    public var registrations: [DeviceRegistration]

    /// Makes an answer.
    public init(
        deviceLibraryIdentifier: DeviceLibraryIdentifier, pushToken: String, registrations: [DeviceRegistration]
    ) {
        self.deviceLibraryIdentifier = deviceLibraryIdentifier
        self.pushToken = pushToken
        self.registrations = registrations
    }
}
