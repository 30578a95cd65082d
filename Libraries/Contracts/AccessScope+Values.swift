import HTTPTypes

extension AccessScope {
    /// The admin: wallet configurations, campaigns, passes, classes, topics.
    public static let admin = AccessScope(rawValue: "admin")
    /// Personalisation: links.
    public static let personalisation = AccessScope(rawValue: "personalisation")
    /// pass-issuer as a caller.
    public static let passIssuer = AccessScope(rawValue: "pass-issuer")
    /// device-registry as a caller.
    public static let deviceRegistry = AccessScope(rawValue: "device-registry")
    /// google-bridge as a caller.
    public static let googleBridge = AccessScope(rawValue: "google-bridge")
    /// push-sender as a caller.
    public static let pushSender = AccessScope(rawValue: "push-sender")
}
