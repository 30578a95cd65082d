import HTTPTypes
import JSON

/// Why Google did not do what it was asked, in its own words, and what follows from it.
///
/// The status decides, then the reason; never the text.
struct GoogleFailure: Error, Sendable, Hashable {
    /// What follows.
    enum Consequence: Sendable, Hashable {
        /// The same call may succeed later; Google may have said when.
        case retry
        /// Google has such a class or object already (409).
        case exists
        /// Google knows no such class or object (404).
        case missing
        /// The access token is not accepted (401).
        case unauthorized
        /// The same call can never succeed.
        case permanent
    }

    let consequence: Consequence
    /// The status that Google answered with; nil when no answer came.
    let status: Int?
    /// Google's word for it, `invalidResource`; or why no answer came.
    let reason: String
    /// Google's words, for people.
    let message: String
    /// How many seconds Google wants to be left alone.
    let retryAfterSeconds: Int?

    /// Text beyond this is cut.
    static let longestMessage = 1_000
    /// 403 says two things: not now, or never.
    private static let quotaReasons: Set<String> = [
        "quotaExceeded", "rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded", "limitExceeded",
        "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED",
    ]

    /// Reads an answer that is no success.
    init(status: HTTPStatus, retryAfter: String?, body: [UInt8]) {
        let envelope = GoogleErrorEnvelope(body)
        self.status = status.rawValue
        reason = envelope.reason ?? status.reason
        message = String((envelope.message ?? status.description).prefix(Self.longestMessage))
        retryAfterSeconds = retryAfter.flatMap { RetryAfter.seconds($0, at: .now()) }.map { min($0, 3_600) }
        consequence =
            switch status.rawValue {
            case 401: .unauthorized
            case 403: envelope.reasons.isDisjoint(with: Self.quotaReasons) ? .permanent : .retry
            case 404: .missing
            case 408, 429: .retry
            case 409: .exists
            case 400..<500: .permanent
            default: .retry
            }
    }

    /// Says that no usable answer came; Google may have acted all the same.
    init(unanswered reason: String) {
        consequence = .retry
        status = nil
        self.reason = "unanswered"
        message = reason
        retryAfterSeconds = nil
    }

    /// A failure that a person's words describe best.
    init(_ consequence: Consequence, status: Int? = nil, reason: String, message: String, retryAfterSeconds: Int? = nil)
    {
        self.consequence = consequence
        self.status = status
        self.reason = reason
        self.message = String(message.prefix(Self.longestMessage))
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// Whether Google asks to slow down, which concerns all calls of the issuer and not this one alone.
    var asksForPatience: Bool {
        guard consequence == .retry else { return false }
        // `quotaExceeded` is said of notices, which are counted for each pass: other calls may go on.
        return status == 429 || retryAfterSeconds != nil || status == 403 && reason != "quotaExceeded"
    }

    /// Whether the account is to blame and not what was sent: everything else of the same issuer fails alike.
    var concernsIssuer: Bool { status == 401 || status == 403 || reason == "tokenRefused" }

    /// Whether the users of a pass may not be notified any more for now.
    var isMessageQuota: Bool { status == 403 && consequence == .retry }
}

extension GoogleFailure: CustomStringConvertible {
    /// Safe to log: Google's words name ids, never content.
    var description: String {
        "\(status.map { "Google answered \($0)" } ?? "Google gave no answer") (\(reason)): \(message)"
    }
}
