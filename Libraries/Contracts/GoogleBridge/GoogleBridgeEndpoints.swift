import HTTPTypes

/// The calls of google-bridge.
public enum GoogleBridgeEndpoints {
    /// Creates or replaces the Google credentials of a wallet configuration; 201 when they are new.
    public static let putIssuer = Endpoint<GoogleIssuerRequest, NoBody>(
        .put, "/rpc/v1/issuers/{walletConfigurationId}", scopes: [.passIssuer])

    /// Deletes the Google credentials of a wallet configuration.
    public static let deleteIssuer = Endpoint<NoBody, NoBody>(
        .delete, "/rpc/v1/issuers/{walletConfigurationId}", scopes: [.passIssuer], successStatus: .noContent)

    /// Checks the Google credentials of a wallet configuration live: token, issuer, permission, demo mode.
    public static let checkIssuer = Endpoint<NoBody, ConfigurationChecks>(
        .get, "/rpc/v1/issuers/{walletConfigurationId}/checks", scopes: [.passIssuer])

    /// Says what Google would refuse of a campaign, and what cannot be carried over; stores nothing.
    public static let validateContent = Endpoint<GoogleClassRequest, GoogleContentAnswer>(
        .post, "/rpc/v1/validations", scopes: [.passIssuer], bodyLimit: 8 << 20)

    /// Answers what would be written to Google for a pass; stores nothing.
    public static let preview = Endpoint<GoogleObjectRequest, GooglePreviewAnswer>(
        .post, "/rpc/v1/previews", scopes: [.passIssuer], bodyLimit: 8 << 20)

    /// Creates or changes a campaign's class; waits five seconds at most for Google and then says "pending".
    public static let putClass = Endpoint<GoogleClassRequest, GoogleClassAnswer>(
        .put, "/rpc/v1/classes/{campaignId}", scopes: [.passIssuer], bodyLimit: 8 << 20)

    /// Answers how far a campaign's class is.
    public static let getClass = Endpoint<NoBody, GoogleClassAnswer>(
        .get, "/rpc/v1/classes/{campaignId}", scopes: [.passIssuer])

    /// Writes a pass's object while a person waits, and answers the link that saves it.
    public static let putObject = Endpoint<GoogleObjectRequest, GoogleObjectAnswer>(
        .put, "/rpc/v1/objects/{serialNumber}", scopes: [.passIssuer], bodyLimit: 8 << 20)

    /// Writes the objects of several passes while a person waits, and answers one link that saves them all.
    public static let putObjects = Endpoint<GoogleObjectsRequest, GoogleObjectsAnswer>(
        .put, "/rpc/v1/objects", scopes: [.passIssuer], bodyLimit: 32 << 20)

    /// Takes changed passes; they are written by the paced queue.
    public static let patchObjects = Endpoint<GoogleObjectUpdatesRequest, GoogleObjectUpdatesAnswer>(
        .patch, "/rpc/v1/objects", scopes: [.passIssuer], bodyLimit: 32 << 20, successStatus: .accepted)

    /// Empties the objects of passes whose contact was erased; a question too, asked until nothing is left.
    public static let erasures = Endpoint<GoogleErasuresRequest, GoogleErasuresAnswer>(
        .post, "/rpc/v1/erasures", scopes: [.passIssuer], bodyLimit: 32 << 20)

    /// Answers what happened to a pass at Google.
    public static let objectEvents = Endpoint<NoBody, PassEventsAnswer>(
        .get, "/rpc/v1/objects/{serialNumber}/events", scopes: [.passIssuer])

    /// Counts saves and deletions by day, by `?from=` and `?to=`.
    public static let statistics = Endpoint<NoBody, StatisticsAnswer>(
        .get, "/rpc/v1/statistics", scopes: [.passIssuer])
}
