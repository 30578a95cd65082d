/// What the simulated Google is like; each of them can change while it runs.
public struct GoogleWalletSettings: Codable, Hashable, Sendable {
    /// Calls a second that an issuer has; 0 lifts the pace.
    public var callsPerSecond = 20.0
    /// Calls at once that an issuer which was silent before has.
    public var burst = 20
    /// Whether answers have Google's older spelling, `active` for `ACTIVE`, and a `kind` in each part.
    public var legacySpelling = true
    /// Whether an update of a class must send `reviewStatus` again.
    public var requiresReviewStatus = true
    /// What becomes of the images that a resource names.
    public var images = ImagePolicy.trusted
    /// How long the host of an image has.
    public var imageDeadlineMilliseconds = 10_000
    /// How long an access token lives.
    public var tokenLifetimeSeconds = 3_599
    /// The longest token that a save link may carry.
    public var longestLink = 1_800
    /// Issuers of demo mode: titles begin with `[TEST ONLY]`, and only their test users can save.
    public var demoMode = false
    /// Who can save in demo mode.
    public var testUsers: [String] = []
    /// Whether callbacks stay away, as they did in 2024.
    public var withholdsCallbacks = false
    /// How often each callback comes again with the same nonce.
    public var callbackDuplicates = 0
    /// How often a callback is tried that nobody has taken.
    public var callbackAttempts = 8
    /// How long a callback is good.
    public var callbackLifetimeSeconds = 3_600
    /// Resources of all issuers together; one more is answered 503.
    public var maximumResources = 500_000

    /// The real one's, as far as they are known.
    public init() {}
}

/// What becomes of the images that a resource names.
public enum ImagePolicy: String, Codable, Sendable {
    /// They are believed to be there; only their addresses are looked at.
    case trusted
    /// Each is fetched before the call is answered.
    case fetched
}
