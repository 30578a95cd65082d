/// Where the simulated Google listens and what it begins with.
public struct GoogleWalletConfiguration: Sendable {
    /// The address of the listener that stands for Google's hosts.
    public var address = "127.0.0.1"
    /// Its port; 0 takes a free one.
    public var port = 0
    /// The port of the control interface on 127.0.0.1, 0 for a free one; nil for none.
    public var controlPort: Int?
    /// How others reach it, without a slash at the end; nil for address and port.
    public var publicURL: String?
    /// A file that remembers everything from one run to the next; nil remembers nothing.
    public var journalPath: String?
    /// Calls that the log remembers.
    public var loggedCalls = 50_000
    /// What it is like at first.
    public var settings = GoogleWalletSettings()

    /// A server on a free port of 127.0.0.1 without a control interface or memory.
    public init() {}
}
