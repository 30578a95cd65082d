/// Push tokens that APNs refused.
public struct RejectionsRequest: Codable, Hashable, Sendable {
    /// The tokens.
    public var rejections: [PushTokenRejection]

    /// Makes a request.
    public init(rejections: [PushTokenRejection]) {
        self.rejections = rejections
    }
}
