import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer

@Suite struct WebhookTLSTests {
    /// Runs a test beside a receiver whose certificate is the demo authority's.
    private static func run(
        trusting authority: String?, _ body: (IssuerUnderTest, TLSWebhookReceiver) async throws -> Void
    ) async throws {
        let receiver = try await TLSWebhookReceiver(try await PassAuthority.shared())
        var settings = ["WEBHOOK_ALLOWED_NETWORKS": "127.0.0.1/32"]
        settings["WEBHOOK_CA_FILE"] = authority
        try await IssuerUnderTest.run(settings) { try await body($0, receiver) }
        await receiver.stop()
    }

    @Test("events reach a receiver whose certificate is of the authority in WEBHOOK_CA_FILE, signed")
    func delivered() async throws {
        let root = try await PassAuthority.shared().path("root.pem")
        try await Self.run(trusting: root) { issuer, receiver in
            try await issuer.putActiveCampaign()
            let secret = try await issuer.putWebhook(receiver.url)
            let serialNumber = try await issuer.issue("c-1")
            try await eventually("the event") { try receiver.taken.count == 1 }
            let event = try #require(try receiver.taken.first)
            #expect(event.type == "issued" && event.serialNumber == serialNumber && event.path == "/hook")
            #expect(try await WebhookVerification.matches(of: event, secret: secret) == 1)
        }
    }

    @Test(
        "nothing is sent to a receiver whose certificate is not trusted, and the reason is told",
        arguments: [true, false])
    func untrusted(hasOtherAuthority: Bool) async throws {
        // Another authority of the same name, or the system's, which know nothing of this certificate.
        let other = hasOtherAuthority ? try DemoAuthority.path("root.pem") : nil
        try await Self.run(trusting: other) { issuer, receiver in
            try await issuer.putActiveCampaign()
            try await issuer.putWebhook(receiver.url)
            let test = try await issuer.admin(.post, IssuerUnderTest.webhook() + "/test")
            #expect(test.json["state"] == "failed" && test.json["lastStatus"]?.intValue == nil, "\(test.text)")
            #expect(test.json["lastError"]?.stringValue?.contains("certificate") == true, "\(test.text)")
            #expect(try receiver.taken.isEmpty)
        }
    }
}
