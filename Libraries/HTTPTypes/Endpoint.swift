import JSON

/// One call between services: written once, used by the route that serves it and by the client that calls it.
public struct Endpoint<Request: Codable & Sendable, Response: Codable & Sendable>: Sendable {
    /// The request's method.
    public let method: HTTPMethod
    /// The path with its named places.
    public let template: PathTemplate
    /// Any of these suffices; none is needed when empty.
    public let scopes: Set<AccessScope>
    /// The longest request body in bytes.
    public let bodyLimit: Int
    /// The status of an answer that succeeded.
    public let successStatus: HTTPStatus
    /// Whether keys that the request type does not know are a fault.
    public let unknownKeys: UnknownKeys

    /// Describes a call.
    public init(
        _ method: HTTPMethod, _ template: PathTemplate, scopes: Set<AccessScope> = [], bodyLimit: Int = 1 << 20,
        successStatus: HTTPStatus = .ok, unknownKeys: UnknownKeys = .ignored
    ) {
        self.method = method
        self.template = template
        self.scopes = scopes
        self.bodyLimit = bodyLimit
        self.successStatus = successStatus
        self.unknownKeys = unknownKeys
    }
}
