/// The links, in the order of the requests.
public struct LinksAnswer: Codable, Hashable, Sendable {
    /// One entry for each request.
    public var urls: [LinkAnswer]

    /// Makes an answer.
    public init(urls: [LinkAnswer]) {
        self.urls = urls
    }
}
