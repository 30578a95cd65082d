import HTTPTypes
import JSON

/// An answer.
public struct HTTPResponse: Sendable {
    /// The status.
    public var status: HTTPStatus
    /// Header fields; the server adds Content-Length, Date, X-Request-Id and X-Content-Type-Options.
    public var headers: HTTPHeaders
    /// The body; it is not sent in answer to HEAD, but its length is.
    public var body: HTTPBody

    /// Whether the connection is closed instead.
    private(set) var isAbandoned = false

    /// No answer at all; 499 is what it counts as.
    static let abandoned: HTTPResponse = {
        var response = HTTPResponse(HTTPStatus(rawValue: 499))
        response.isAbandoned = true
        return response
    }()

    /// Makes an answer.
    public init(_ status: HTTPStatus = .ok, headers: HTTPHeaders = [:], body: HTTPBody = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A value as JSON.
    public static func json(_ value: some Encodable, status: HTTPStatus = .ok) throws -> HTTPResponse {
        HTTPResponse(
            status, headers: ["Content-Type": "application/json"], body: .bytes(try JSON.encode(value)))
    }

    /// Plain text in UTF-8.
    public static func text(_ text: String, status: HTTPStatus = .ok) -> HTTPResponse {
        HTTPResponse(
            status, headers: ["Content-Type": "text/plain; charset=utf-8"], body: .bytes(Array(text.utf8)))
    }

    /// A page in UTF-8 that may load nothing from elsewhere.
    public static func html(_ page: String, status: HTTPStatus = .ok) -> HTTPResponse {
        HTTPResponse(
            status,
            headers: [
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                "Referrer-Policy": "no-referrer",
            ], body: .bytes(Array(page.utf8)))
    }

    /// A problem as `application/problem+json`.
    public static func problem(_ problem: Problem) -> HTTPResponse {
        var headers = problem.headers
        headers["Content-Type"] = "application/problem+json"
        if headers["Cache-Control"] == nil { headers["Cache-Control"] = "no-store, private" }
        // A problem holds only text and numbers, so its encoding cannot fail; without it the status speaks alone.
        let body = (try? JSON.encode(problem)) ?? []
        return HTTPResponse(problem.httpStatus, headers: headers, body: .bytes(body))
    }
}
