/// A link, or why there is none.
public struct LinkAnswer: Codable, Hashable, Sendable {
    /// The request's id; null when it had none.
    @Nullable public var id: String?
    /// The link.
    public var url: String?
    /// Why there is no link.
    public var error: LinkFault?

    /// Answers a request with its link.
    public init(id: String, url: String) {
        self.id = id
        self.url = url
    }

    /// Answers a request with its fault.
    public init(id: String?, error: LinkFault) {
        self.id = id
        self.error = error
    }
}
