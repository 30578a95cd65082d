/// What a phone sends to register a pass.
public struct RegistrationRequest: Codable, Hashable, Sendable {
    /// Where pushes for the device go.
    public var pushToken: PushToken

    /// Makes a request.
    public init(pushToken: PushToken) {
        self.pushToken = pushToken
    }
}
