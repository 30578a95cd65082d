import Contracts
import HTTPClient
import HTTPTypes
import Support

/// A call of an internal listener, as the contracts name it.
struct InternalCall: Sendable {
    let method: HTTPMethod
    let path: String
    let scopes: Set<AccessScope>

    init(_ method: HTTPMethod, _ path: String, scopes: Set<AccessScope> = []) {
        self.method = method
        self.path = path
        self.scopes = scopes
    }

    init<Request, Response>(_ endpoint: Endpoint<Request, Response>) {
        self.init(endpoint.method, endpoint.template, scopes: endpoint.scopes)
    }

    init(_ method: HTTPMethod, _ template: PathTemplate, scopes: Set<AccessScope>) {
        self.init(method, template.expand(Self.places) ?? template.description, scopes: scopes)
    }

    private static let places = [
        "id": "demo", "serialNumber": "1", "deviceLibraryIdentifier": "device", "file": "icon.png", "language": "de",
        "passTypeIdentifier": PassAuthority.passType, "campaignId": "demo", "walletConfigurationId": "demo",
    ]

    /// What pass-issuer's internal listener serves.
    static let ofIssuer: [InternalCall] =
        [
            InternalCall(PassIssuerEndpoints.links), InternalCall(PassIssuerEndpoints.putWalletConfiguration),
            InternalCall(PassIssuerEndpoints.getWalletConfiguration),
            InternalCall(PassIssuerEndpoints.deleteWalletConfiguration),
            InternalCall(PassIssuerEndpoints.listWalletConfigurations), InternalCall(PassIssuerEndpoints.putCampaign),
            InternalCall(PassIssuerEndpoints.getCampaign), InternalCall(PassIssuerEndpoints.deleteCampaign),
            InternalCall(PassIssuerEndpoints.listCampaigns), InternalCall(PassIssuerEndpoints.listImages),
            InternalCall(PassIssuerEndpoints.listPasses), InternalCall(PassIssuerEndpoints.getPass),
            InternalCall(PassIssuerEndpoints.patchPass), InternalCall(PassIssuerEndpoints.freshness),
        ]
        + [PassIssuerPaths.image, PassIssuerPaths.localizedImage].flatMap { path in
            [HTTPMethod.put, .get, .delete].map { InternalCall($0, path, scopes: [.admin]) }
        }
        + [PassIssuerPaths.importPackage, PassIssuerPaths.preview].map { InternalCall(.post, $0, scopes: [.admin]) }
        + [HTTPMethod.get, .head].map { InternalCall($0, PassIssuerPaths.package, scopes: [.deviceRegistry]) }
        + [InternalCall(.post, PassIssuerPaths.personalization, scopes: [.deviceRegistry])]

    /// What device-registry's internal listener serves.
    static let ofRegistry: [InternalCall] = [
        InternalCall(DeviceRegistryEndpoints.passUpdates), InternalCall(DeviceRegistryEndpoints.rejections),
        InternalCall(DeviceRegistryEndpoints.installations), InternalCall(DeviceRegistryEndpoints.passEvents),
        InternalCall(DeviceRegistryEndpoints.statistics),
        InternalCall(DeviceRegistryEndpoints.getDevice), InternalCall(DeviceRegistryEndpoints.listDeviceLogs),
    ]

    /// What google-bridge's internal listener serves.
    static let ofBridge: [InternalCall] = [
        InternalCall(GoogleBridgeEndpoints.putIssuer), InternalCall(GoogleBridgeEndpoints.deleteIssuer),
        InternalCall(GoogleBridgeEndpoints.checkIssuer), InternalCall(GoogleBridgeEndpoints.validateContent),
        InternalCall(GoogleBridgeEndpoints.preview), InternalCall(GoogleBridgeEndpoints.putClass),
        InternalCall(GoogleBridgeEndpoints.getClass), InternalCall(GoogleBridgeEndpoints.putObject),
        InternalCall(GoogleBridgeEndpoints.patchObjects), InternalCall(GoogleBridgeEndpoints.objectEvents),
        InternalCall(GoogleBridgeEndpoints.statistics), InternalCall(GoogleBridgeEndpoints.listClasses),
        InternalCall(GoogleBridgeEndpoints.getAdministeredClass), InternalCall(GoogleBridgeEndpoints.putClassOverride),
        InternalCall(GoogleBridgeEndpoints.deleteClassOverride), InternalCall(GoogleBridgeEndpoints.syncClass),
        InternalCall(GoogleBridgeEndpoints.classDrift), InternalCall(GoogleBridgeEndpoints.addMessage),
        InternalCall(GoogleBridgeEndpoints.listObjects), InternalCall(GoogleBridgeEndpoints.listOperations),
        InternalCall(GoogleBridgeEndpoints.retryOperation),
    ]

    /// Sends it with a body that nobody could use: who may not call must hear of that first.
    func send(to baseURL: String, token: String?, _ platform: WalletPlatform) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(method: method, url: baseURL + path)
        if let token { request.headers["Authorization"] = "Bearer \(token)" }
        if method != .get, method != .head {
            request.headers["Content-Type"] = "application/json"
            request.body = Array("not JSON".utf8)
        }
        return try await platform.client.send(request)
    }
}
