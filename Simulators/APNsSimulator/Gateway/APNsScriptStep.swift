import HTTPTypes

/// What the simulator does with a push instead of judging it.
public struct APNsScriptStep: Sendable, Hashable, Codable {
    /// The kinds of things to do.
    public enum Action: String, Sendable, Hashable, Codable {
        /// Judges the push as ever, perhaps late.
        case judge
        /// Answers with the status and reason.
        case answer
        /// Ends the connection without a word.
        case close
        /// Ends the connection with GOAWAY and the reason; this push and later ones were not processed.
        case goAway
        /// Answers, and ends the connection with GOAWAY and the reason; later pushes were not processed.
        case answerAndGoAway
        /// Resets the stream.
        case reset
        /// Says nothing.
        case ignore
    }

    /// The token that it is for, in lower case; nil for all.
    public var token: String?
    /// How many pushes it is for; nil for all that come.
    public var times: Int?
    /// What is done.
    public var action: Action
    /// The status of the answer; nil for the reason's own, or 200.
    public var status: Int?
    /// The reason of the answer, or of the connection's end.
    public var reason: String?
    /// With 410: since when the token is not valid any more, in milliseconds since 1970.
    public var timestamp: Int?
    /// How long the answer takes.
    public var delayMilliseconds: Int?
    /// The code of a reset or a GOAWAY.
    public var errorCode: Int?

    /// Describes a step.
    public init(
        token: String? = nil, times: Int? = nil, action: Action = .answer, status: Int? = nil, reason: String? = nil,
        timestamp: Int? = nil, delayMilliseconds: Int? = nil, errorCode: Int? = nil
    ) {
        self.token = token?.lowercased()
        self.times = times
        self.action = action
        self.status = status
        self.reason = reason
        self.timestamp = timestamp
        self.delayMilliseconds = delayMilliseconds
        self.errorCode = errorCode
    }

    /// Reads a step; without an action it answers.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            token: try container.decodeIfPresent(String.self, forKey: .token),
            times: try container.decodeIfPresent(Int.self, forKey: .times),
            action: try container.decodeIfPresent(Action.self, forKey: .action) ?? .answer,
            status: try container.decodeIfPresent(Int.self, forKey: .status),
            reason: try container.decodeIfPresent(String.self, forKey: .reason),
            timestamp: try container.decodeIfPresent(Int.self, forKey: .timestamp),
            delayMilliseconds: try container.decodeIfPresent(Int.self, forKey: .delayMilliseconds),
            errorCode: try container.decodeIfPresent(Int.self, forKey: .errorCode))
    }
}

extension APNsScriptStep {
    /// Refuses a push for a reason, with the status that belongs to it.
    public static func refuse(
        _ reason: APNsReason, token: String? = nil, times: Int? = nil, timestamp: Int? = nil
    ) -> APNsScriptStep {
        APNsScriptStep(token: token, times: times, reason: reason.rawValue, timestamp: timestamp)
    }
}
