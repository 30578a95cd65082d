/// A request; its scheme is `https`, its authority the host that the client speaks to.
public struct HTTP2Request: Sendable {
    /// The method.
    public var method: String
    /// The path with its query, percent-encoded.
    public var path: String
    /// Header fields in their order, with names in lower case.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]

    /// Describes a request.
    public init(
        method: String = "GET", path: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}
