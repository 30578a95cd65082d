import HTTPTypes

/// A request's line and header fields, known before its body is read.
public struct HTTPRequestHead: Sendable {
    /// The method.
    public let method: HTTPMethod
    /// The path as it came, percent-encoded and without its query.
    public let path: String
    /// The path's decoded segments.
    public let segments: [String]
    /// The query's names and values.
    public let query: QueryItems
    /// The header fields.
    public let headers: HTTPHeaders
    /// The texts in the places of the route's template.
    public let parameters: PathParameters
    /// The template of the route, for metrics.
    public let route: String
    /// The client's address, behind trusted proxies the one they named.
    public let clientAddress: String
    /// The request's id, its own or a new one.
    public let requestID: String

    /// Describes a request; routes are called with such a value in tests.
    public init(
        method: HTTPMethod, path: String, segments: [String] = [], query: QueryItems = QueryItems(),
        headers: HTTPHeaders = [:], parameters: PathParameters = [:], route: String = "-",
        clientAddress: String = "", requestID: String = ""
    ) {
        self.method = method
        self.path = path
        self.segments = segments
        self.query = query
        self.headers = headers
        self.parameters = parameters
        self.route = route
        self.clientAddress = clientAddress
        self.requestID = requestID
    }

    /// A place's text as a type of its own; what cannot be one is 404.
    public func parameter<P: PathParameter>(_ name: String, as type: P.Type = P.self) throws(Problem) -> P {
        guard let text = parameters[name], let value = P(pathSegment: text) else {
            throw Problem(.notFound, "There is nothing at this address.")
        }
        return value
    }
}
