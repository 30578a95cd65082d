/// When what failed is tried again.
enum BackOff {
    /// The longest pause, in milliseconds.
    static let longest = 300_000.0

    /// Half a second, doubled with each attempt up to five minutes, less a share of chance so that replicas spread; and
    /// never sooner than Google asks for.
    ///
    /// - Parameter jitter: 0.5…1.
    static func milliseconds(attempt: Int, jitter: Double, retryAfterSeconds: Int? = nil) -> Int {
        let doubled = 500.0 * Double(1 << min(max(attempt - 1, 0), 10))
        return max(Int(min(doubled, longest) * jitter), (retryAfterSeconds ?? 0) * 1_000)
    }
}
