import JSON

/// A light phone of a fleet: what it needs to ask and to fetch, and what it holds.
public struct FleetPhone: Sendable {
    /// A pass that it holds.
    public struct HeldPass: Sendable {
        /// What opens the web service for the pass.
        public let authenticationToken: String
        /// pass.json of the newest package; nil before the first fetch.
        public internal(set) var content: JSONValue?
        /// The Last-Modified of that package, as it came.
        public internal(set) var lastModified: String?
    }

    /// What it calls itself to the web service.
    public let deviceLibraryIdentifier: String
    /// Where its pushes go.
    public let pushToken: String
    /// The newest update tag.
    public internal(set) var tag: String?
    /// Its passes by serial number.
    public internal(set) var passes: [String: HeldPass]

    /// A push came and was not yet followed.
    var isPushed = false
    /// It stands in the fleet's queue or is being served.
    var isBusy = false
    /// Listed and not yet fetched.
    var pending: Set<String> = []

    /// A phone with passes of one web service, given by serial number with their authentication tokens.
    public init(
        deviceLibraryIdentifier: String = WebServiceIdentity.randomHex(bytes: 16),
        pushToken: String = WebServiceIdentity.randomHex(bytes: 32), passes: [String: String]
    ) {
        self.deviceLibraryIdentifier = deviceLibraryIdentifier
        self.pushToken = pushToken
        self.passes = passes.mapValues { HeldPass(authenticationToken: $0) }
    }
}
