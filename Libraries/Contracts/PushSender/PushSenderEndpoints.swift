import HTTPTypes

/// The calls of push-sender.
public enum PushSenderEndpoints {
    /// Creates or replaces what APNs is reached with for a pass type; 201 when it is new.
    ///
    /// `?revision=` grows with each change of it, deletion included: a late call with an older one changes nothing.
    public static let putCredentials = Endpoint<PushCredentials, NoBody>(
        .put, "/rpc/v1/credentials/{passTypeIdentifier}", scopes: [.passIssuer])

    /// Deletes what APNs is reached with for a pass type; `?revision=` as above.
    public static let deleteCredentials = Endpoint<NoBody, NoBody>(
        .delete, "/rpc/v1/credentials/{passTypeIdentifier}", scopes: [.passIssuer], successStatus: .noContent)

    /// Shakes hands with APNs under the stored credentials, and says what came of it.
    public static let checkCredentials = Endpoint<NoBody, ConfigurationChecks>(
        .get, "/rpc/v1/credentials/{passTypeIdentifier}/checks", scopes: [.passIssuer])

    /// Answers what became of the pushes to a token, of one topic by `?passTypeIdentifier=`.
    public static let tokenEvents = Endpoint<NoBody, PassEventsAnswer>(
        .get, "/rpc/v1/push-tokens/{token}/events", scopes: [.passIssuer])

    /// Counts pushes by day, by `?from=` and `?to=`.
    public static let statistics = Endpoint<NoBody, StatisticsAnswer>(
        .get, "/rpc/v1/statistics", scopes: [.passIssuer])

    /// Sends pushes; they are stored before the answer.
    public static let pushes = Endpoint<PushesRequest, PushesAnswer>(
        .post, "/rpc/v1/pushes", scopes: [.deviceRegistry], bodyLimit: 4 << 20, successStatus: .accepted)

    /// Forgets everything about push tokens.
    public static let tokenErasures = Endpoint<PushTokenErasuresRequest, PushTokenErasuresAnswer>(
        .post, "/rpc/v1/push-tokens/erasures", scopes: [.deviceRegistry])

    /// Lists topics.
    public static let listTopics = Endpoint<NoBody, Page<Topic>>(.get, "/admin/v1/topics", scopes: [.admin])

    /// Stops a topic for now.
    public static let pauseTopic = Endpoint<NoBody, Topic>(
        .post, "/admin/v1/topics/{passTypeIdentifier}/pause", scopes: [.admin])

    /// Lets a topic go on, and closes its breaker.
    public static let resumeTopic = Endpoint<NoBody, Topic>(
        .post, "/admin/v1/topics/{passTypeIdentifier}/resume", scopes: [.admin])
}
