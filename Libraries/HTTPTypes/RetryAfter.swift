/// `Retry-After` (RFC 9110 §10.2.3).
public enum RetryAfter {
    /// The seconds that it asks for: a number, or a date; nil when it is neither.
    public static func seconds(_ text: String, at now: Instant) -> Int? {
        if let seconds = Int(text) { return max(seconds, 0) }
        return Instant(httpDate: text).map { max(Int($0.seconds(since: now).rounded(.up)), 0) }
    }
}
