import Contracts
import HTTPTypes
import JSON
import Testing

/// The calls as `api.md` lists them.
@Suite struct EndpointTests {
    /// What a call is on the wire.
    struct Call: Sendable, CustomTestStringConvertible {
        let expected: String
        let actual: String

        init<Request, Response>(_ expected: String, _ endpoint: Endpoint<Request, Response>) {
            self.expected = expected
            let scopes = endpoint.scopes.map(\.rawValue).sorted().joined(separator: ",")
            let keys = endpoint.unknownKeys == .refused ? "strict" : "lenient"
            let body = Request.self == NoBody.self ? "no body" : keys
            actual =
                "\(endpoint.method.rawValue) \(endpoint.template) \(scopes) \(endpoint.successStatus.rawValue) \(body)"
        }

        var testDescription: String { expected }
    }

    private static let configuration = "/admin/v1/wallet-configurations/{id}"
    private static let campaign = "/admin/v1/campaigns/{id}"
    private static let credentials = "/rpc/v1/credentials/{passTypeIdentifier}"
    private static let issuer = "/rpc/v1/issuers/{walletConfigurationId}"

    static let issuerCalls = [
        Call("POST /pers/v1/urls personalisation 200 strict", PassIssuerEndpoints.links),
        Call("PUT \(configuration) admin 200 strict", PassIssuerEndpoints.putWalletConfiguration),
        Call("GET \(configuration) admin 200 no body", PassIssuerEndpoints.getWalletConfiguration),
        Call("DELETE \(configuration) admin 204 no body", PassIssuerEndpoints.deleteWalletConfiguration),
        Call("GET /admin/v1/wallet-configurations admin 200 no body", PassIssuerEndpoints.listWalletConfigurations),
        Call("POST \(configuration)/signing-requests admin 201 no body", PassIssuerEndpoints.makeSigningRequest),
        Call("GET \(configuration)/checks admin 200 no body", PassIssuerEndpoints.checkWalletConfiguration),
        Call("PUT \(campaign) admin 200 strict", PassIssuerEndpoints.putCampaign),
        Call("GET \(campaign) admin 200 no body", PassIssuerEndpoints.getCampaign),
        Call("DELETE \(campaign) admin 204 no body", PassIssuerEndpoints.deleteCampaign),
        Call("GET /admin/v1/campaigns admin 200 no body", PassIssuerEndpoints.listCampaigns),
        Call("GET \(campaign)/images admin 200 no body", PassIssuerEndpoints.listImages),
        Call("GET \(campaign)/passes admin 200 no body", PassIssuerEndpoints.listPasses),
        Call("GET /admin/v1/passes admin 200 no body", PassIssuerEndpoints.findPasses),
        Call("POST \(campaign)/validation admin 200 strict", PassIssuerEndpoints.validateCampaign),
        Call("GET /admin/v1/passes/{serialNumber} admin 200 no body", PassIssuerEndpoints.getPass),
        Call("PATCH /admin/v1/passes/{serialNumber} admin 200 strict", PassIssuerEndpoints.patchPass),
        Call("GET /admin/v1/passes/{serialNumber}/timeline admin 200 no body", PassIssuerEndpoints.getTimeline),
        Call("GET /admin/v1/rollouts/{id} admin 200 no body", PassIssuerEndpoints.getRollout),
        Call("GET /admin/v1/rollouts admin 200 no body", PassIssuerEndpoints.listRollouts),
        Call("POST /admin/v1/rollouts/{id}/pause admin 200 no body", PassIssuerEndpoints.pauseRollout),
        Call("POST /admin/v1/rollouts/{id}/resume admin 200 no body", PassIssuerEndpoints.resumeRollout),
        Call("POST /admin/v1/rollouts/{id}/rate admin 200 strict", PassIssuerEndpoints.rateRollout),
        Call("GET /admin/v1/overview admin 200 no body", PassIssuerEndpoints.getOverview),
        Call("POST /rpc/v1/passes/freshness device-registry 200 lenient", PassIssuerEndpoints.freshness),
        Call("POST /admin/v1/erasures admin 202 strict", PassIssuerEndpoints.erase),
        Call("GET /admin/v1/erasures admin 200 no body", PassIssuerEndpoints.listErasures),
        Call("GET /admin/v1/erasures/{id} admin 200 no body", PassIssuerEndpoints.getErasure),
    ]

    private static let webhook = "\(campaign)/webhooks/{name}"

    static let webhookCalls = [
        Call("PUT \(webhook) admin 200 strict", PassIssuerEndpoints.putWebhook),
        Call("GET \(webhook) admin 200 no body", PassIssuerEndpoints.getWebhook),
        Call("DELETE \(webhook) admin 204 no body", PassIssuerEndpoints.deleteWebhook),
        Call("GET \(campaign)/webhooks admin 200 no body", PassIssuerEndpoints.listWebhooks),
        Call("POST \(webhook)/rotate-secret admin 200 no body", PassIssuerEndpoints.rotateWebhookSecret),
        Call("POST \(webhook)/test admin 200 no body", PassIssuerEndpoints.testWebhook),
        Call("POST \(webhook)/replay admin 202 strict", PassIssuerEndpoints.replayWebhook),
        Call("GET \(webhook)/deliveries admin 200 no body", PassIssuerEndpoints.listWebhookDeliveries),
        Call("GET \(webhook)/deliveries/{delivery} admin 200 no body", PassIssuerEndpoints.getWebhookDelivery),
        Call(
            "POST \(webhook)/deliveries/{delivery}/replay admin 202 no body", PassIssuerEndpoints.replayWebhookDelivery),
        Call("POST /rpc/v1/pass-events device-registry,google-bridge 204 lenient", PassIssuerEndpoints.passEvents),
    ]

    static let otherCalls = [
        Call("POST /rpc/v1/pass-updates pass-issuer 202 lenient", DeviceRegistryEndpoints.passUpdates),
        Call("POST /rpc/v1/installations pass-issuer 200 lenient", DeviceRegistryEndpoints.installations),
        Call("POST /rpc/v1/erasures pass-issuer 200 lenient", DeviceRegistryEndpoints.erasures),
        Call("POST /rpc/v1/erasures pass-issuer 200 lenient", GoogleBridgeEndpoints.erasures),
        Call("POST /rpc/v1/push-tokens/erasures device-registry 200 lenient", PushSenderEndpoints.tokenErasures),
        Call("POST /rpc/v1/push-tokens/rejections push-sender 200 lenient", DeviceRegistryEndpoints.rejections),
        Call("GET /admin/v1/devices/{deviceLibraryIdentifier} admin 200 no body", DeviceRegistryEndpoints.getDevice),
        Call("GET /admin/v1/device-logs admin 200 no body", DeviceRegistryEndpoints.listDeviceLogs),
        Call("PUT \(credentials) pass-issuer 200 lenient", PushSenderEndpoints.putCredentials),
        Call("DELETE \(credentials) pass-issuer 204 no body", PushSenderEndpoints.deleteCredentials),
        Call("GET \(credentials)/checks pass-issuer 200 no body", PushSenderEndpoints.checkCredentials),
        Call("GET /rpc/v1/push-tokens/{token}/events pass-issuer 200 no body", PushSenderEndpoints.tokenEvents),
        Call("GET /rpc/v1/statistics pass-issuer 200 no body", PushSenderEndpoints.statistics),
        Call("POST /rpc/v1/pushes device-registry 202 lenient", PushSenderEndpoints.pushes),
        Call("GET /admin/v1/topics admin 200 no body", PushSenderEndpoints.listTopics),
        Call("POST /admin/v1/topics/{passTypeIdentifier}/pause admin 200 no body", PushSenderEndpoints.pauseTopic),
        Call("POST /admin/v1/topics/{passTypeIdentifier}/resume admin 200 no body", PushSenderEndpoints.resumeTopic),
        Call("PUT \(issuer) pass-issuer 200 lenient", GoogleBridgeEndpoints.putIssuer),
        Call("DELETE \(issuer) pass-issuer 204 no body", GoogleBridgeEndpoints.deleteIssuer),
    ]

    private static let googleClass = "/admin/v1/classes/{campaignId}"

    static let bridgeCalls = [
        Call("GET \(issuer)/checks pass-issuer 200 no body", GoogleBridgeEndpoints.checkIssuer),
        Call("POST /rpc/v1/validations pass-issuer 200 lenient", GoogleBridgeEndpoints.validateContent),
        Call("POST /rpc/v1/previews pass-issuer 200 lenient", GoogleBridgeEndpoints.preview),
        Call("PUT /rpc/v1/classes/{campaignId} pass-issuer 200 lenient", GoogleBridgeEndpoints.putClass),
        Call("GET /rpc/v1/classes/{campaignId} pass-issuer 200 no body", GoogleBridgeEndpoints.getClass),
        Call("PUT /rpc/v1/objects/{serialNumber} pass-issuer 200 lenient", GoogleBridgeEndpoints.putObject),
        Call("PUT /rpc/v1/objects pass-issuer 200 lenient", GoogleBridgeEndpoints.putObjects),
        Call("PATCH /rpc/v1/objects pass-issuer 202 lenient", GoogleBridgeEndpoints.patchObjects),
        Call(
            "GET /rpc/v1/objects/{serialNumber}/events pass-issuer 200 no body", GoogleBridgeEndpoints.objectEvents),
        Call("GET /rpc/v1/statistics pass-issuer 200 no body", GoogleBridgeEndpoints.statistics),
        Call("GET /admin/v1/classes admin 200 no body", GoogleBridgeEndpoints.listClasses),
        Call("GET \(googleClass) admin 200 no body", GoogleBridgeEndpoints.getAdministeredClass),
        Call("PUT \(googleClass) admin 200 lenient", GoogleBridgeEndpoints.putClassOverride),
        Call("DELETE \(googleClass) admin 204 no body", GoogleBridgeEndpoints.deleteClassOverride),
        Call("POST \(googleClass)/sync admin 202 no body", GoogleBridgeEndpoints.syncClass),
        Call("GET \(googleClass)/drift admin 200 no body", GoogleBridgeEndpoints.classDrift),
        Call("POST \(googleClass)/messages admin 202 strict", GoogleBridgeEndpoints.addMessage),
        Call("GET \(googleClass)/objects admin 200 no body", GoogleBridgeEndpoints.listObjects),
        Call("GET /admin/v1/operations admin 200 no body", GoogleBridgeEndpoints.listOperations),
        Call("POST /admin/v1/operations/{id}/retry admin 202 no body", GoogleBridgeEndpoints.retryOperation),
    ]

    @Test("is the call that the interface describes", arguments: issuerCalls + webhookCalls + otherCalls + bridgeCalls)
    func matches(call: Call) {
        #expect(call.actual == call.expected)
    }

    @Test(
        "takes the longest body that the interface allows",
        arguments: [
            // 10,000 serial numbers or push tokens of 100 bytes, with their quotation marks and commas.
            (DeviceRegistryEndpoints.passUpdates.bodyLimit, 10_000 * (255 + 3)),
            (PushSenderEndpoints.pushes.bodyLimit, 10_000 * (200 + 3)),
            // 10,000 requests for links, each of as many bytes as a link may have.
            (PassIssuerEndpoints.links.bodyLimit, 10_000 * 6_000),
        ])
    func takesLongBodies(limit: Int, needed: Int) {
        #expect(limit >= needed)
    }
}
