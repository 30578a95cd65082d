import HTTPTypes

extension PassIssuerEndpoints {
    /// Creates or replaces a webhook; 201 and the secret when it is new.
    public static let putWebhook = Endpoint<WebhookRequest, Webhook>(
        .put, "/admin/v1/campaigns/{id}/webhooks/{name}", scopes: [.admin], unknownKeys: .refused)

    /// Answers a webhook.
    public static let getWebhook = Endpoint<NoBody, Webhook>(
        .get, "/admin/v1/campaigns/{id}/webhooks/{name}", scopes: [.admin])

    /// Deletes a webhook with what waits for it and its log.
    public static let deleteWebhook = Endpoint<NoBody, NoBody>(
        .delete, "/admin/v1/campaigns/{id}/webhooks/{name}", scopes: [.admin], successStatus: .noContent)

    /// Lists a campaign's webhooks.
    public static let listWebhooks = Endpoint<NoBody, Page<Webhook>>(
        .get, "/admin/v1/campaigns/{id}/webhooks", scopes: [.admin])

    /// Makes a new secret; for a day events are signed with the one before as well.
    public static let rotateWebhookSecret = Endpoint<NoBody, Webhook>(
        .post, "/admin/v1/campaigns/{id}/webhooks/{name}/rotate-secret", scopes: [.admin])

    /// Sends a test and waits a while for the answer.
    public static let testWebhook = Endpoint<NoBody, WebhookDelivery>(
        .post, "/admin/v1/campaigns/{id}/webhooks/{name}/test", scopes: [.admin])

    /// Lists deliveries, the newest first, by `?state=` and `?serialNumber=`.
    public static let listWebhookDeliveries = Endpoint<NoBody, Page<WebhookDelivery>>(
        .get, "/admin/v1/campaigns/{id}/webhooks/{name}/deliveries", scopes: [.admin])

    /// Answers a delivery with its body.
    public static let getWebhookDelivery = Endpoint<NoBody, WebhookDelivery>(
        .get, "/admin/v1/campaigns/{id}/webhooks/{name}/deliveries/{delivery}", scopes: [.admin])

    /// Sends an event again, whatever became of it.
    public static let replayWebhookDelivery = Endpoint<NoBody, WebhookDelivery>(
        .post, "/admin/v1/campaigns/{id}/webhooks/{name}/deliveries/{delivery}/replay", scopes: [.admin],
        successStatus: .accepted)

    /// Sends the events again that were given up.
    public static let replayWebhook = Endpoint<WebhookReplayRequest, WebhookReplayAnswer>(
        .post, "/admin/v1/campaigns/{id}/webhooks/{name}/replay", scopes: [.admin], successStatus: .accepted,
        unknownKeys: .refused)

    /// Tells what another service saw happen to passes.
    public static let passEvents = Endpoint<PassEventNoticesRequest, NoBody>(
        .post, "/rpc/v1/pass-events", scopes: [.deviceRegistry, .googleBridge], successStatus: .noContent)
}
