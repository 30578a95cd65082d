import Contracts
import JSON
import Support
import Testing

@testable import PassIssuer

extension IssuerUnderTest {
    /// Runs a test beside a receiver that may be reached.
    static func run(
        withReceiver settings: [String: String] = [:],
        _ body: (IssuerUnderTest, WebhookReceiver) async throws -> Void
    ) async throws {
        let receiver = try WebhookReceiver()
        let own = ["WEBHOOK_ALLOW_HTTP": "true", "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.1/32"]
        try await run(own.merging(settings) { $1 }) { try await body($0, receiver) }
        await receiver.stop()
    }

    static func webhook(_ name: String = "crm", of campaign: String = "spring") -> String {
        "/admin/v1/campaigns/\(campaign)/webhooks/\(name)"
    }

    /// Makes a webhook; its secret.
    @discardableResult
    func putWebhook(
        _ url: String, events: [String]? = nil, name: String = "crm", of campaign: String = "spring"
    ) async throws -> String {
        var body: JSONObject = ["url": .string(url)]
        if let events { body["events"] = .array(events.map(JSONValue.string)) }
        let answer = try await admin(.put, Self.webhook(name, of: campaign), .object(body))
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["secret"]?.stringValue)
    }

    /// Makes a pass by opening its link.
    func issue(_ key: String, campaign: String = "spring") async throws -> String {
        let opened = try await open(try await link(campaign: campaign, key: key, contact: ["id": .string(key)]))
        try #require(opened.status == 200, "\(opened.text)")
        return try #require(try Package(opened.body).json["serialNumber"]?.stringValue)
    }

    /// Changes the points of a pass.
    func setPoints(_ points: Int, of serialNumber: String) async throws {
        let patch: JSONValue = ["voucher": ["points": .number(JSONNumber(points))]]
        let answer = try await admin(.patch, "/admin/v1/passes/\(serialNumber)", patch)
        try #require(answer.status == 200, "\(answer.text)")
    }
}
