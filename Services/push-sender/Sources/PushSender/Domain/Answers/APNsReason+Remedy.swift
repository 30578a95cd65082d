extension APNsReason {
    /// What an operator can do about a fault of a topic's configuration.
    var remedy: String {
        switch rawValue {
        case "BadCertificate", "Forbidden":
            "Put the certificate of this pass type, and its key, into the wallet configuration."
        case "BadCertificateEnvironment":
            "Put a pass certificate; passes are pushed in APNs' production environment alone."
        case "BadTopic", "MissingTopic", "TopicDisallowed":
            "Put the certificate of this pass type: APNs does not let this one push it."
        case "InvalidProviderToken", "MissingProviderToken", "UnrelatedKeyIdInToken", "BadEnvironmentKeyIdInToken":
            "Look whether keyId, teamId and the key of the wallet configuration's pushKey belong together, or remove it."
        case "ExpiredProviderToken":
            "Set this machine's clock: APNs takes provider tokens made now for expired."
        case "BadPath", "MethodNotAllowed":
            "Look at APNS_URL: who answers there is not APNs."
        default: Self.generalRemedy
        }
    }

    /// When nothing else is known.
    static let generalRemedy =
        "Look at the wallet configuration's certificate or push key and at APNS_URL; then resume the topic."
}
