import HTTPServer
import HTTPTypes
import JSON

/// One call of the REST interface, alone or as a part of a batch.
struct WalletCall: Sendable {
    let method: HTTPMethod
    let path: String
    let segments: [String]
    let query: QueryItems
    let headers: HTTPHeaders
    let body: [UInt8]

    init(_ request: HTTPRequest) {
        method = request.method
        path = request.path
        segments = request.segments
        query = request.query
        headers = request.headers
        body = request.body
    }

    init(
        method: HTTPMethod, path: String, segments: [String], query: QueryItems, headers: HTTPHeaders, body: [UInt8]
    ) {
        self.method = method
        self.path = path
        self.segments = segments
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// Whether the caller wants to know of fields that nobody knows.
    var isStrict: Bool { query.first("strict") == "true" }

    /// The body, which has to be an object.
    func object() throws(WalletError) -> JSONObject {
        guard !body.isEmpty else { return JSONObject() }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSON.parse(body)
        } catch {
            throw .unreadable("Invalid JSON payload received. \(error)")
        }
        guard let object = value.objectValue else {
            throw .unreadable(#"Invalid JSON payload received. Unknown name "": Root element must be a message."#)
        }
        return object
    }
}
