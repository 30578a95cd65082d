import Contracts
import Foundation
import HTTPClient
import HTTPTypes
import JSON

extension WalletPlatform {
    /// Calls pass-issuer as the admin does.
    public var admin: RPCClient {
        RPCClient(client: client, baseURL: issuer.internalURL, token: secrets.admin, deadline: .seconds(30))
    }

    /// Calls device-registry as the admin does.
    public var registryAdmin: RPCClient {
        RPCClient(client: client, baseURL: registry.internalURL, token: secrets.admin, deadline: .seconds(30))
    }

    /// Stores a wallet configuration with a certificate of the demo authority.
    /// - Parameter account: the Google issuer; one whose account nobody knows when it is left out.
    public func putWalletConfiguration(
        _ id: WalletConfigurationID, certificate: String? = "pass", google: Bool = false,
        account: GoogleConfigurationRequest? = nil
    ) async throws {
        let apple = try certificate.map { name in
            AppleConfigurationRequest(
                certificate: try authority.pem("\(name).pem"),
                privateKey: Confidential(try authority.pem("\(name).key.pem")),
                intermediate: try authority.pem("intermediate.pem"))
        }
        let body = WalletConfigurationRequest(
            name: "Configuration \(id)", organizationName: "Demo Ltd", apple: apple.map(Field.value) ?? .absent,
            google: google ? .value(try account ?? googleAccount()) : .absent)
        _ = try await admin.call(
            PassIssuerEndpoints.putWalletConfiguration, parameters: ["id": id.rawValue], body: body)
    }

    private func googleAccount() throws -> GoogleConfigurationRequest {
        GoogleConfigurationRequest(
            issuerId: GoogleIssuerID(rawValue: "3388000000012345678"),
            serviceAccount: Confidential([
                "type": "service_account", "project_id": "demo", "private_key_id": "1",
                "client_email": "wallet@demo.iam.gserviceaccount.com", "client_id": "1",
                "private_key": .string(try authority.pem("pass.key.pem")),
                "token_uri": "http://127.0.0.1:9/token",
            ]))
    }

    /// Stores the demo campaign with its pictures; it is active then.
    @discardableResult public func putCampaign(
        _ id: CampaignID, configuration: WalletConfigurationID, change: (inout CampaignRequest) -> Void = { _ in }
    ) async throws -> Contracts.Campaign {
        let source = "\(Checkout.path)/Simulators/Demo"
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(source)/campaign.json")))
        var request = try JSON.decode(CampaignRequest.self, from: bytes)
        request.walletConfigurationId = configuration
        change(&request)
        _ = try await admin.call(PassIssuerEndpoints.putCampaign, parameters: ["id": id.rawValue], body: request)
        let images = try FileManager.default.subpathsOfDirectory(atPath: "\(source)/images").filter {
            $0.hasSuffix(".png")
        }
        for image in images.sorted() {
            let parts = image.split(separator: "/").map(String.init)
            let parameters =
                parts.count == 2
                ? ["id": id.rawValue, "language": String(parts[0].dropLast(".lproj".count)), "file": parts[1]]
                : ["id": id.rawValue, "file": image]
            _ = try await admin.send(
                .put, parts.count == 2 ? PassIssuerPaths.localizedImage : PassIssuerPaths.image, parameters: parameters,
                headers: ["Content-Type": "image/png"],
                body: Array(try Data(contentsOf: URL(fileURLWithPath: "\(source)/images/\(image)"))))
        }
        let campaign = try await admin.call(PassIssuerEndpoints.getCampaign, parameters: ["id": id.rawValue])
        guard campaign.state == .active else {
            throw ProgramFailure(description: "the campaign is \(campaign.state): \(campaign.warnings)")
        }
        return campaign
    }

    /// Stores the demo configuration and campaign.
    public func provideDemo() async throws {
        try await putWalletConfiguration(Self.configuration)
        try await putCampaign(Self.campaign, configuration: Self.configuration)
    }

    /// The demo campaign.
    public static let campaign = CampaignID.written("demo")
    /// The wallet configuration of the demo campaign.
    public static let configuration = WalletConfigurationID.written("demo")

    /// Changes a pass; returns it as it is then.
    @discardableResult public func patch(_ serialNumber: String, _ patch: PassPatch) async throws -> Contracts.Pass {
        try await admin.call(PassIssuerEndpoints.patchPass, parameters: ["serialNumber": serialNumber], body: patch)
    }

    /// A pass as the admin sees it.
    public func pass(_ serialNumber: String) async throws -> Contracts.Pass {
        try await admin.call(PassIssuerEndpoints.getPass, parameters: ["serialNumber": serialNumber])
    }
}
