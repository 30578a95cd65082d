/// How many streams a client may reset before a server ends the connection ("rapid reset", CVE-2023-44487).
public struct HTTP2ResetAllowance: Sendable, Hashable {
    /// Resets at once.
    public var burst: Int
    /// Resets that are regained each second.
    public var perSecond: Int

    /// Describes an allowance; nghttp2's own is 1,000 and 33.
    public init(burst: Int = 1_000, perSecond: Int = 33) {
        self.burst = max(0, burst)
        self.perSecond = max(0, perSecond)
    }
}
