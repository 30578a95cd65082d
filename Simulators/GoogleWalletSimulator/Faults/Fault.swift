/// Something that goes wrong with the next calls that it fits.
public struct Fault: Codable, Hashable, Sendable {
    /// What happens.
    public enum Kind: String, Codable, Sendable {
        /// The call is refused with `status`, `reason` and `message`, and nothing is done.
        case refuse
        /// The call is done after `milliseconds`.
        case delay
        /// The call is done, and its answer lost: the connection is closed after `milliseconds`.
        case loseAnswer
        /// The connection is closed after `milliseconds`, and nothing is done.
        case drop
    }

    /// The method of calls that it fits; nil for any.
    public var method: String?
    /// Text that their path holds; nil for any.
    public var path: String?
    /// How many it hits; nil for all until it is taken away.
    public var times: Int?
    /// How many pass by unhurt first.
    public var skips: Int
    /// What happens to them.
    public var kind: Kind
    /// The status of a refusal.
    public var status: Int
    /// The reason of a refusal, in Google's words.
    public var reason: String
    /// The message of a refusal.
    public var message: String
    /// How long a refusal asks to wait.
    public var retryAfterSeconds: Int?
    /// How long it takes.
    public var milliseconds: Int

    /// Describes a fault.
    public init(
        _ kind: Kind, method: String? = nil, path: String? = nil, times: Int? = 1, skips: Int = 0, status: Int = 503,
        reason: String = "backendError", message: String = "The service is currently unavailable.",
        retryAfterSeconds: Int? = nil, milliseconds: Int = 0
    ) {
        self.kind = kind
        self.method = method
        self.path = path
        self.times = times
        self.skips = skips
        self.status = status
        self.reason = reason
        self.message = message
        self.retryAfterSeconds = retryAfterSeconds
        self.milliseconds = milliseconds
    }

    /// Reads a fault; only `kind` has to be there.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(try container.decode(Kind.self, forKey: .kind))
        method = try container.decodeIfPresent(String.self, forKey: .method)
        path = try container.decodeIfPresent(String.self, forKey: .path)
        if container.contains(.times) { times = try container.decodeIfPresent(Int.self, forKey: .times) }
        skips = try container.decodeIfPresent(Int.self, forKey: .skips) ?? skips
        status = try container.decodeIfPresent(Int.self, forKey: .status) ?? status
        reason = try container.decodeIfPresent(String.self, forKey: .reason) ?? reason
        message = try container.decodeIfPresent(String.self, forKey: .message) ?? message
        retryAfterSeconds = try container.decodeIfPresent(Int.self, forKey: .retryAfterSeconds)
        milliseconds = try container.decodeIfPresent(Int.self, forKey: .milliseconds) ?? milliseconds
        guard (400...599).contains(status), (0...600_000).contains(milliseconds), skips >= 0, times ?? 1 >= 1 else {
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container,
                debugDescription: "status is 400 to 599, milliseconds 0 to 600000, skips at least 0, times at least 1")
        }
    }

    func fits(_ call: WalletCall) -> Bool {
        (method == nil || method == call.method.rawValue) && (path.map(call.path.contains) ?? true)
    }
}

extension Fault {
    /// Too many calls: 429, with or without the time to wait.
    public static func tooManyCalls(
        method: String? = nil, path: String? = nil, times: Int? = 1, retryAfterSeconds: Int? = nil
    ) -> Fault {
        Fault(
            .refuse, method: method, path: path, times: times, status: 429, reason: "rateLimitExceeded",
            message: "Too many requests.", retryAfterSeconds: retryAfterSeconds)
    }

    /// 403 with a reason of Google's, `permissionDenied` or `quotaExceeded`.
    public static func forbidden(
        reason: String, message: String, method: String? = nil, path: String? = nil, times: Int? = 1
    ) -> Fault {
        Fault(
            .refuse, method: method, path: path, times: times, status: 403, reason: reason, message: message)
    }
}
