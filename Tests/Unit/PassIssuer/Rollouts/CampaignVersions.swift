import Contracts
import Cryptography
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

/// Versions of a campaign, ready to make passes.
enum CampaignVersions {
    /// A version from its `pass`, `localizations` and `tokens`.
    static func version(
        _ version: Int, _ body: String, images: [(String, [UInt8])] = [("icon.png", [1])], hasGoogle: Bool = false,
        walletRevision: Int = 1, cache: PackageCache = PackageCache(maximumBytes: 0)
    ) throws -> IssuableCampaign {
        let fixture = try PackageFixture(body, images: images)
        let overrides = try JSON.parse(body)["google"].map { try JSON.decode(GoogleOverrides.self, from: $0) }
        let google = try GoogleContent(
            overrides, images: [:], walletConfiguration: try #require(WalletConfigurationID(rawValue: "acme")),
            organizationName: "Acme")
        let keys = try KeyRing(parsing: "k1:" + Base64.encode(Array(0..<32)))
        return IssuableCampaign(
            version: version, walletRevision: walletRevision, organizationName: "Acme", content: fixture.content,
            apple: .success(
                AppleIssuing(
                    passTypeIdentifier: try #require(PassTypeIdentifier(rawValue: "pass.example.demo")),
                    teamIdentifier: try #require(TeamIdentifier(rawValue: "TEAM123456")), packages: fixture.maker,
                    webServiceURL: "https://passes.example.com")), google: hasGoogle ? google : nil,
            tokenKeys: HMACKeyRing(keys), cache: cache)
    }

    /// A store card with one field; more of pass.json, and what stands beside it.
    static func card(
        value: String = "{{voucher.points}}", _ more: String = "", beside: String = ""
    ) -> String {
        #"{"pass":{"description":"Card","storeCard":{"primaryFields":[{"key":"p","label":"Points","value":"\#(value)"}]}\#(more)}\#(beside)}"#
    }

    /// A P-256 key as `nfc` holds it.
    static let p256 =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEk+PqVi7NyHMqq60PGd1l/0yx3f6sM6eMMS0DnbwzvV5qv0gil/2KL4"
        + "m9lF1mG//Nk6bC55YUF5h3kC7Iffsskg=="

    static let made = Instant(seconds: 1_795_485_600)

    /// A pass of a version with these data.
    static func pass(
        version: Int = 1, contact: JSONObject = [:], voucher: JSONObject = ["points": 1]
    ) throws -> PassIssuer.Pass {
        let link = LinkClaims(
            campaign: try #require(CampaignID(rawValue: "spring")), platform: .apple,
            passKey: try #require(PassKey(rawValue: "c-1")), contact: contact, voucher: voucher, issuedAt: made,
            expiresAt: nil)
        return PassIssuer.Pass(
            link: link, serialNumber: SerialNumber(campaign: link.campaign, passKey: link.passKey), platform: .apple,
            campaignVersion: version, tokenKeyID: "k1", at: made)
    }
}
