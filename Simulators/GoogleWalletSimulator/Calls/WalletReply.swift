import HTTPTypes
import JSON

/// An answer of the REST interface.
struct WalletReply: Sendable {
    let status: HTTPStatus
    var headers: HTTPHeaders
    let body: [UInt8]

    init(_ status: HTTPStatus, headers: HTTPHeaders = [:], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
        // As recorded.
        if self.headers["Content-Type"] == nil { self.headers["Content-Type"] = "application/json; charset=UTF-8" }
        self.headers["Vary"] = "Origin, X-Origin, Referer"
        self.headers["Cache-Control"] = "private"
        self.headers["Server"] = "ESF"
    }

    /// A value, indented unless the caller asked for it compact, and cut down to the fields that it asked for.
    init(_ value: JSONValue, for call: WalletCall) throws(WalletError) {
        var value = value
        if let text = call.query.first("fields") {
            guard let mask = FieldMask(text) else { throw .badField("Invalid field selection \(text)") }
            value = mask.apply(to: value)
        }
        let isCompact = call.query.first("prettyPrint") == "false"
        self.init(.ok, body: isCompact ? value.serialized() : value.serializedPretty())
    }

    init(_ error: WalletError) {
        var headers: HTTPHeaders = [:]
        if let seconds = error.retryAfterSeconds { headers["Retry-After"] = String(seconds) }
        if error.code == 401 { headers["WWW-Authenticate"] = #"Bearer realm="https://accounts.google.com/""# }
        self.init(HTTPStatus(rawValue: error.code), headers: headers, body: error.envelope.serializedPretty())
    }

    /// What Google's front end says to an address or method that it doesn't know.
    static let unknownAddress = WalletReply(
        .notFound, headers: ["Content-Type": "text/html; charset=UTF-8"],
        body: Array(
            """
            <!DOCTYPE html>
            <html lang=en>
            <title>Error 404 (Not Found)!!1</title>
            <p><b>404.</b> <ins>That’s an error.</ins>
            <p>The requested URL was not found on this server.  <ins>That’s all we know.</ins>

            """.utf8))
}
