/// A problem answer (RFC 9457); its words are for the caller and hold nothing private.
public struct Problem: Error, Sendable, Hashable {
    /// A URI of the kind of problem, `about:blank` when the status says it all.
    public var type: String
    /// A short name of the problem.
    public var title: String
    /// The HTTP status code.
    public var status: Int
    /// What happened this time.
    public var detail: String?
    /// The request that failed; the server fills it in.
    public var requestId: String?
    /// Every fault of the body.
    public var errors: [ProblemError]?
    /// Header fields that go with the answer, such as `Retry-After`; no part of the body.
    public var headers: HTTPHeaders

    /// Describes a problem; the title defaults to the status' reason phrase.
    public init(
        _ status: HTTPStatus, _ detail: String? = nil, title: String? = nil, type: String = "about:blank",
        errors: [ProblemError]? = nil, headers: HTTPHeaders = [:]
    ) {
        self.type = type
        self.title = title ?? status.reason
        self.status = status.rawValue
        self.detail = detail
        self.errors = errors
        self.headers = headers
    }

    /// The status as a type.
    public var httpStatus: HTTPStatus { HTTPStatus(rawValue: status) }

    /// The same problem with a `Retry-After` of so many seconds, one at least.
    public func retryAfter(seconds: Int) -> Problem {
        var problem = self
        problem.headers["Retry-After"] = String(max(1, seconds))
        return problem
    }

    /// Two problems are the same when their bodies are.
    public static func == (left: Problem, right: Problem) -> Bool {
        left.type == right.type && left.title == right.title && left.status == right.status
            && left.detail == right.detail && left.requestId == right.requestId && left.errors == right.errors
    }

    /// Feeds what identifies the problem.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(status)
        hasher.combine(detail)
        hasher.combine(requestId)
    }
}

extension Problem: CustomStringConvertible {
    /// Status, title and detail; safe to log.
    public var description: String {
        "\(status) \(title)" + (detail.map { ": \($0)" } ?? "")
    }
}

extension Problem: Codable {
    private enum CodingKeys: String, CodingKey {
        case type, title, status, detail, requestId, errors
    }

    /// Reads a problem's body; a missing type is `about:blank`, a missing title the status' reason (RFC 9457 §3.1).
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let status = HTTPStatus(rawValue: try container.decode(Int.self, forKey: .status))
        self.init(
            status, try container.decodeIfPresent(String.self, forKey: .detail),
            title: try container.decodeIfPresent(String.self, forKey: .title),
            type: try container.decodeIfPresent(String.self, forKey: .type) ?? "about:blank",
            errors: try container.decodeIfPresent([ProblemError].self, forKey: .errors))
        requestId = try container.decodeIfPresent(String.self, forKey: .requestId)
    }

    /// Writes the problem's body; what is missing is left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        try container.encode(title, forKey: .title)
        try container.encode(status, forKey: .status)
        try container.encodeIfPresent(detail, forKey: .detail)
        try container.encodeIfPresent(requestId, forKey: .requestId)
        try container.encodeIfPresent(errors, forKey: .errors)
    }
}
