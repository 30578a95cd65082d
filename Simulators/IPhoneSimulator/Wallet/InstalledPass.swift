import HTTPTypes

/// A pass in the phone's wallet.
public struct InstalledPass: Codable, Sendable {
    /// What pass.json says of the pass.
    public var pass: PassIdentity
    /// The Last-Modified of the newest package that the web service sent, as it came.
    public var lastModified: String?
    /// When the phone stored the package that it shows.
    public var updatedAt: Instant
    /// The web service has confirmed the registration.
    public var isRegistered: Bool
    /// The web service listed the pass as changed and it was not yet fetched.
    public var needsFetch: Bool
    /// The package's file in the wallet directory.
    public let file: String
    /// The registration that failed.
    var registrationRetry: Retry?
    /// The fetch that failed.
    var fetchRetry: Retry?
}
