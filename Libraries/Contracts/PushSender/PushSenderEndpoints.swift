import HTTPTypes

/// The calls of push-sender.
public enum PushSenderEndpoints {
    /// Creates or replaces what APNs is reached with for a pass type; 201 when it is new.
    public static let putCredentials = Endpoint<PushCredentials, NoBody>(
        .put, "/rpc/v1/credentials/{passTypeIdentifier}", scopes: [.passIssuer])

    /// Deletes what APNs is reached with for a pass type.
    public static let deleteCredentials = Endpoint<NoBody, NoBody>(
        .delete, "/rpc/v1/credentials/{passTypeIdentifier}", scopes: [.passIssuer], successStatus: .noContent)

    /// Sends pushes; they are stored before the answer.
    public static let pushes = Endpoint<PushesRequest, PushesAnswer>(
        .post, "/rpc/v1/pushes", scopes: [.deviceRegistry], bodyLimit: 4 << 20, successStatus: .accepted)

    /// Lists topics.
    public static let listTopics = Endpoint<NoBody, Page<Topic>>(.get, "/admin/v1/topics", scopes: [.admin])

    /// Stops a topic for now.
    public static let pauseTopic = Endpoint<NoBody, Topic>(
        .post, "/admin/v1/topics/{passTypeIdentifier}/pause", scopes: [.admin])

    /// Lets a topic go on, and closes its breaker.
    public static let resumeTopic = Endpoint<NoBody, Topic>(
        .post, "/admin/v1/topics/{passTypeIdentifier}/resume", scopes: [.admin])
}
