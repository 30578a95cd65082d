import Contracts
import GoogleWalletSimulator
import HTTPClient
import HTTPTypes
import JSON
import Support
import Testing

/// The whole platform beside a simulated Google.
struct GooglePlatform: Sendable {
    static let issuerID = "3388000000000000001"
    private static let android = "Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 Mobile Safari/537.36"

    let platform: WalletPlatform
    let google: GoogleWallet

    /// Runs a body against a platform with the demo campaign, whose class is at Google.
    /// - Parameters:
    ///   - ownCluster: whether the PostgreSQL is its own.
    ///   - settings: further settings of pass-issuer.
    static func run(
        ownCluster: Bool = false, settings: [String: String] = [:],
        change: @escaping @Sendable (inout CampaignRequest) -> Void = { _ in },
        _ body: @escaping @Sendable (GooglePlatform) async throws -> Void
    ) async throws {
        try await GoogleWallet.serving { google in
            try google.put(Issuer(issuerId: issuerID, name: "Demo"))
            let key = try google.makeServiceAccount("wallet@demo.example", issuers: [issuerID]).file()
            try await withPlatform(ownCluster: ownCluster, settings: settings, isStarted: false) { platform in
                platform.bridge.change([
                    "GOOGLE_WALLET_URL": google.url, "GOOGLE_SAVE_URL": google.saveURL,
                    "GOOGLE_KEYS_URL": google.keysURL,
                ])
                try await platform.start()
                let account = GoogleConfigurationRequest(
                    issuerId: GoogleIssuerID(rawValue: issuerID), serviceAccount: Confidential(key.objectValue ?? [:]))
                try await platform.putWalletConfiguration(
                    WalletPlatform.configuration, google: true, account: account)
                try await platform.putCampaign(
                    WalletPlatform.campaign, configuration: WalletPlatform.configuration, change: change)
                let subject = GooglePlatform(platform: platform, google: google)
                try await eventually("the class to be at Google") {
                    try await subject.campaign().googleClass?.state == .ready
                }
                try await body(subject)
            }
        }
    }

    /// The demo campaign as the admin sees it.
    func campaign() async throws -> Contracts.Campaign {
        try await platform.admin.call(
            PassIssuerEndpoints.getCampaign, parameters: ["id": WalletPlatform.campaign.rawValue])
    }

    /// Changes the demo campaign.
    func changeCampaign(_ change: (inout CampaignRequest) -> Void) async throws {
        var request = try await campaign().content
        change(&request)
        _ = try await platform.admin.call(
            PassIssuerEndpoints.putCampaign, parameters: ["id": WalletPlatform.campaign.rawValue], body: request)
    }

    /// Has Google refuse a change of the demo's class, and goes on refusing until its faults are cleared.
    func refuseClass() async throws {
        google.script(
            .forbidden(reason: "permissionDenied", message: "Not allowed.", path: "loyaltyClass", times: nil))
        try await changeCampaign { $0.pass["backgroundColor"] = "rgb(1, 2, 3)" }
        let bridge = RPCClient(
            client: platform.client, baseURL: platform.bridge.internalURL, token: platform.secrets.admin,
            deadline: .seconds(30))
        try await eventually("the refusal") {
            try await bridge.call(GoogleBridgeEndpoints.listOperations, query: [("state", "failed")]).items.count == 1
        }
    }

    /// Waits until nothing is on its way to Google.
    func settle() async throws {
        try await eventually("the queues to Google to be empty") {
            let waiting = try await platform.query(
                """
                SELECT (SELECT count(*) FROM google.operations WHERE state = 'pending')
                    + (SELECT count(*) FROM issuer.messages WHERE destination = 'google-bridge')
                """)
            return waiting == "0"
        }
    }

    /// Opens a link on an Android phone; the save page's address, nil when Google's side has none now.
    func savePage(of link: String) async throws -> String? {
        let answer = try await platform.open(link, userAgent: Self.android)
        guard answer.status != .serviceUnavailable else { return nil }
        #expect(answer.status == .seeOther, "\(String(decoding: answer.body, as: UTF8.self))")
        return answer.headers["Location"]
    }

    /// Opens a link on an Android phone, again while Google's side has no page now; the save page's address.
    func offeredPage(of link: String) async throws -> String {
        var page: String?
        try await eventually("the save page") {
            page = try await savePage(of: link)
            return page != nil
        }
        return try #require(page)
    }

    /// Opens a person's link on an Android phone and saves the pass; returns its serial number.
    func save(_ person: Person, voucher: JSONObject = ["points": 0]) async throws -> String {
        let link = try await platform.link(for: person, platform: .google, voucher: voucher)
        let page = try await offeredPage(of: link)
        let ids = try await google.save(link: page)
        #expect(ids.count == 1)
        return String(try #require(ids.first).dropFirst(Self.issuerID.count + 1))
    }

    /// A pass at Google.
    func object(_ serialNumber: String) -> JSONObject {
        google.resource(.object, "\(Self.issuerID).\(serialNumber)") ?? [:]
    }

    /// The calls to Google that changed something, `PATCH loyaltyClass`.
    func writes(_ method: HTTPMethod, _ resource: String) -> Int {
        google.calls.filter { $0.method == method.rawValue && $0.path.contains("/\(resource)") }.count
    }
}
