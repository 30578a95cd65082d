import HTTPTypes

/// An answer, whatever its status.
public struct HTTP2Response: Sendable {
    /// The status code.
    public var status: Int
    /// The header fields in their order.
    public var headers: HTTPHeaders
    /// The body.
    public var body: [UInt8]

    /// Describes an answer.
    public init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
