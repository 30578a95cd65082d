/// What a phone has to say of a web service.
public struct LogRequest: Codable, Hashable, Sendable {
    /// The lines.
    public var logs: [String]

    /// Makes a request.
    public init(logs: [String]) {
        self.logs = logs
    }
}
