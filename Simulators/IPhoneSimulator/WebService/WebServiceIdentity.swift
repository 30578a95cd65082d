import HTTPTypes

/// A web service as a phone sees it: one URL and one pass type, with a device identifier and push token of its own.
public struct WebServiceIdentity: Codable, Hashable, Sendable {
    /// The web service's URL as the pass names it.
    public let url: String
    /// The pass type.
    public let passTypeIdentifier: String
    /// What the phone calls itself there.
    public let deviceLibraryIdentifier: String
    /// Where pushes reach the phone for this service, in lower-case hex.
    public var pushToken: String
    /// The newest update tag that the service gave.
    public var tag: String?
    /// When that tag came.
    var tagAt: Instant?
    /// The question what changed that failed.
    var retry: Retry?
    /// The push token came from a push service: a phone without one invents its own.
    var hasPushService: Bool?
    /// The last push that came.
    var pushSequence: Int?

    /// A new acquaintance with random identifiers.
    public init(url: String, passTypeIdentifier: String) {
        self.init(
            url: url, passTypeIdentifier: passTypeIdentifier, deviceLibraryIdentifier: Self.randomHex(bytes: 16),
            pushToken: Self.randomHex(bytes: 32))
    }

    init(url: String, passTypeIdentifier: String, deviceLibraryIdentifier: String, pushToken: String) {
        self.url = url
        self.passTypeIdentifier = passTypeIdentifier
        self.deviceLibraryIdentifier = deviceLibraryIdentifier
        self.pushToken = pushToken
    }

    /// The URL of a path below the service, whether or not its own URL ends with a slash.
    func url(of path: String) -> String {
        (url.hasSuffix("/") ? String(url.dropLast()) : url) + path
    }

    /// Random bytes in lower-case hex.
    public static func randomHex(bytes count: Int) -> String {
        let digits = Array("0123456789abcdef")
        return String((0..<2 * count).map { _ in digits[Int.random(in: 0..<16)] })
    }
}
