import HTTPTypes
import JSON

extension GoogleBridgeEndpoints {
    /// Lists campaigns' classes.
    public static let listClasses = Endpoint<NoBody, Page<GoogleClass>>(.get, "/admin/v1/classes", scopes: [.admin])

    /// Answers a campaign's class.
    public static let getAdministeredClass = Endpoint<NoBody, GoogleClass>(
        .get, "/admin/v1/classes/{campaignId}", scopes: [.admin])

    /// Stores a merge patch (RFC 7396) on a campaign's class, at every later change too; or GET's answer, of which
    /// `override` is read.
    public static let putClassOverride = Endpoint<JSONObject, GoogleClass>(
        .put, "/admin/v1/classes/{campaignId}", scopes: [.admin])

    /// Removes the merge patch.
    public static let deleteClassOverride = Endpoint<NoBody, NoBody>(
        .delete, "/admin/v1/classes/{campaignId}", scopes: [.admin], successStatus: .noContent)

    /// Writes what differs at Google, now.
    public static let syncClass = Endpoint<NoBody, GoogleClass>(
        .post, "/admin/v1/classes/{campaignId}/sync", scopes: [.admin], successStatus: .accepted)

    /// Answers where a class at Google is not as it should be.
    public static let classDrift = Endpoint<NoBody, GoogleDrift>(
        .get, "/admin/v1/classes/{campaignId}/drift", scopes: [.admin])

    /// Adds a message to a campaign's class.
    public static let addMessage = Endpoint<GoogleMessageRequest, GoogleMessagesAnswer>(
        .post, "/admin/v1/classes/{campaignId}/messages", scopes: [.admin], successStatus: .accepted,
        unknownKeys: .refused)

    /// Lists a campaign's passes at Google.
    public static let listObjects = Endpoint<NoBody, Page<GoogleObject>>(
        .get, "/admin/v1/classes/{campaignId}/objects", scopes: [.admin])

    /// Lists operations, by `?state=`.
    public static let listOperations = Endpoint<NoBody, Page<GoogleOperation>>(
        .get, "/admin/v1/operations", scopes: [.admin])

    /// Tries an operation again, now.
    public static let retryOperation = Endpoint<NoBody, GoogleOperation>(
        .post, "/admin/v1/operations/{id}/retry", scopes: [.admin], successStatus: .accepted)
}
