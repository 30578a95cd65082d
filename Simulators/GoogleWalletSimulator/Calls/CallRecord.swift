import HTTPTypes

/// One call as it came and what became of it.
public struct CallRecord: Codable, Hashable, Sendable {
    /// Counted from 1.
    public let number: Int
    /// When it came, in microseconds since 1970 of the system's clock.
    public let microseconds: Int64
    /// Its method.
    public let method: String
    /// Its path; a save link's token is left out.
    public let path: String
    /// The issuer that it counted for.
    public let issuerId: String?
    /// The service account.
    public let clientEmail: String?
    /// The answer's status; 0 when none was sent.
    public let status: Int
    /// How long it took.
    public let milliseconds: Double
    /// The scripted fault that hit it.
    public let fault: Fault.Kind?

    /// When it came.
    public var at: Instant { Instant(microseconds: microseconds) }
}
