import Contracts
import Foundation
import HTTPClient
import HTTPServer
import HTTPTypes
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("Webhooks hear what happens to passes") struct WebhookEndToEndTests {
        private static let settings = ["WEBHOOK_ALLOW_HTTP": "true", "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.1/32"]

        /// Runs a test on a platform whose demo campaign has a webhook; hands over its secret.
        private static func run(
            _ body: (WalletPlatform, WebhookReceiver, _ secret: String) async throws -> Void
        ) async throws {
            let receiver = try WebhookReceiver()
            try await withPlatform(settings: settings) { platform in
                try await platform.provideDemo()
                try await body(platform, receiver, try await putWebhook(receiver, platform))
            }
            await receiver.stop()
        }

        /// Gives the demo campaign a webhook; its secret.
        private static func putWebhook(_ receiver: WebhookReceiver, _ platform: WalletPlatform) async throws -> String {
            let webhook = try await platform.admin.call(
                PassIssuerEndpoints.putWebhook,
                parameters: ["id": WalletPlatform.campaign.rawValue, "name": "crm"],
                body: WebhookRequest(url: receiver.url))
            let secret = try #require(webhook.secret?.value)
            platform.confide(secret)
            return secret
        }

        @Test("from link to phone to update to removal, each signed as Python's hmac and openssl sign it")
        func life() async throws {
            try await Self.run { platform, receiver, secret in
                let phone = try platform.makePhone()
                let link = try await platform.link(for: Person(), voucher: ["points": 1])
                let serialNumber = try await phone.add(link: link).pass.serialNumber
                try await eventually("its installation") { receiver.taken.map(\.type) == ["issued", "installed"] }
                try await platform.patch(serialNumber, PassPatchFixtures.points(2))
                #expect(try await phone.remove(serialNumber: serialNumber))
                try await eventually("four events") { receiver.taken.count == 4 }
                #expect(Set(receiver.taken.suffix(2).map(\.type)) == ["updated", "removed"])
                #expect(receiver.taken.allSatisfy { $0.serialNumber == serialNumber })
                for request in receiver.taken {
                    #expect(try await WebhookVerification.matches(of: request, secret: secret) == 1)
                }
                let event = try #require(receiver.taken.first)
                #expect(try await Self.openssl(event, secret) == event.headers["webhook-signature"])
            }
        }

        @Test("from link to Google Wallet to update to deletion there, in this order and each signed")
        func google() async throws {
            let receiver = try WebhookReceiver()
            try await GooglePlatform.run(settings: Self.settings) { subject in
                let secret = try await Self.putWebhook(receiver, subject.platform)
                let serialNumber = try await subject.save(Person())
                try await eventually("its saving") { receiver.taken.map(\.type) == ["issued", "saved"] }
                try await subject.platform.patch(serialNumber, PassPatchFixtures.points(777))
                try await eventually("its update") { receiver.taken.count == 3 }
                try await eventually("the points at Google") { "\(subject.object(serialNumber))".contains("777") }
                #expect(subject.google.delete(object: "\(GooglePlatform.issuerID).\(serialNumber)"))
                try await eventually("its deletion") { receiver.taken.count == 4 }
                #expect(receiver.taken.map(\.type) == ["issued", "saved", "updated", "deleted"])
                #expect(receiver.taken.allSatisfy { $0.serialNumber == serialNumber })
                for request in receiver.taken {
                    #expect(try await WebhookVerification.matches(of: request, secret: secret) == 1)
                }
            }
            await receiver.stop()
        }

        /// What openssl makes of an event.
        private static func openssl(_ event: WebhookReceiver.Request, _ secret: String) async throws -> String {
            let directory = try TestDirectory()
            let head = "\(event.id).\(event.headers["webhook-timestamp"] ?? "")."
            let path = try directory.write(Array(head.utf8) + event.body, to: "signed")
            let key = try #require(Data(base64Encoded: String(secret.dropFirst("whsec_".count))))
            let hex = key.map { String(format: "%02x", $0) }.joined()
            let output = try await Program.succeed([
                "sh", "-c",
                "openssl dgst -sha256 -mac HMAC -macopt hexkey:$1 -binary \"$2\" | base64", "sh", hex, path,
            ])
            return "v1," + output.trimmingCharacters(in: .whitespacesAndNewlines)
        }

        @Test(
            "kill -9 of pass-issuer and device-registry in the midst loses nothing, and each pass's events stay in order"
        )
        func kills() async throws {
            try await Self.run { platform, receiver, _ in
                receiver.answer { _ in
                    try? await Task.sleep(for: .milliseconds(20))
                    return HTTPResponse(.ok)
                }
                let phones = try (0..<6).map { _ in try platform.makePhone() }
                var serialNumbers: [String] = []
                for (number, phone) in phones.enumerated() {
                    let link = try await platform.link(for: Person(), voucher: ["points": 1])
                    serialNumbers.append(try await phone.add(link: link).pass.serialNumber)
                    if number == 2 {
                        await platform.registry.kill()
                        try await platform.registry.start()
                        try await platform.registry.waitUntilReady(client: platform.client)
                    }
                }
                for points in 2...6 {
                    for serialNumber in serialNumbers {
                        try await platform.patch(serialNumber, PassPatchFixtures.points(points))
                    }
                    await platform.issuer.kill()
                    try await platform.issuer.start()
                    try await platform.issuer.waitUntilReady(client: platform.client)
                }
                // What a killed process held comes when its lease is over.
                try await eventually(within: .seconds(100), "42 events, \(receiver.taken.count) came") {
                    Set(receiver.taken.map(\.id)).count == 42
                }
                for serialNumber in serialNumbers {
                    // One that was taken while its sender was killed comes twice, under one id.
                    var ids: Set<String> = []
                    let events = receiver.taken.filter {
                        $0.serialNumber == serialNumber && ids.insert($0.id).inserted
                    }
                    #expect(events.first?.type == "issued")
                    #expect(Set(events.map(\.type)) == ["issued", "installed", "updated"])
                    let versions = events.filter { $0.type == "updated" }.compactMap {
                        $0.json["data"]?["version"]?.intValue
                    }
                    #expect(versions == [2, 3, 4, 5, 6])
                }
            }
        }
    }
}
