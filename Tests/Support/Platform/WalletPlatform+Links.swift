import Contracts
import Foundation
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON

extension WalletPlatform {
    /// Asks for links as personalisation does; their data must stand in no log.
    public func links(_ requests: [LinkRequest]) async throws -> [String] {
        let caller = RPCClient(client: client, baseURL: issuer.internalURL, token: secrets.personalisation)
        for request in requests {
            for name in ["id", "firstName", "lastName"] { request.contact?[name]?.stringValue.map(confide) }
        }
        let answer = try await caller.call(
            PassIssuerEndpoints.links, body: LinksRequest(requests: try requests.map { try JSON.encodeToValue($0) }))
        return try answer.urls.map { answer in
            guard let url = answer.url else {
                throw ProgramFailure(description: "no link: \(String(describing: answer.error))")
            }
            // The last part proves that the link is ours.
            if let proof = url.split(separator: ".").last { confide(String(proof)) }
            return url
        }
    }

    /// Asks for a link of the demo campaign for a person.
    public func link(
        for person: Person, campaign: CampaignID = WalletPlatform.campaign, platform: LinkPlatform = .apple,
        voucher: JSONObject = ["points": 0], expiresAt: Instant? = nil
    ) async throws -> String {
        let request = LinkRequest(
            id: person.id, campaignId: campaign, platform: platform, contact: person.contact, voucher: voucher,
            expiresAt: expiresAt)
        guard let url = try await links([request]).first else { throw ProgramFailure(description: "no link came") }
        return url
    }

    /// Sends a request without a body.
    public func send(
        _ method: HTTPMethod = .get, _ url: String, headers: HTTPHeaders = [:]
    ) async throws -> HTTPClientResponse {
        try await client.send(HTTPClientRequest(method: method, url: url, headers: headers, deadline: .seconds(30)))
    }

    /// Opens a link as Safari on a phone does.
    public func open(
        _ link: String, userAgent: String = IPhone.browserUserAgent, accept: String = "*/*"
    ) async throws -> HTTPClientResponse {
        try await send(.get, link, headers: ["User-Agent": userAgent, "Accept": accept])
    }

    /// A new simulated iPhone that trusts the demo authority; without a push service no push reaches it.
    public func makePhone(
        pushService: PushService? = nil, observe: @escaping @Sendable (Exchange) -> Void = { _ in }
    ) throws -> IPhone {
        try IPhone(
            directory: directory.path("phone-\(UUID().uuidString)"), client: client,
            authorities: authority.path("root.pem"), backOff: .hasty, mintPushToken: pushService?.mintToken,
            observe: observe)
    }
}
