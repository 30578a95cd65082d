import HTTPTypes

/// An answer, whatever its status.
public struct HTTPClientResponse: Sendable {
    /// The status.
    public var status: HTTPStatus
    /// The header fields in their order.
    public var headers: HTTPHeaders
    /// The body as it came.
    public var body: [UInt8]

    /// Describes an answer.
    public init(status: HTTPStatus, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
