import Contracts
import Foundation
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("A pass asks its owner for data, once") struct PersonalizationEndToEndTests {
        private static let settings = ["WEBHOOK_ALLOW_HTTP": "true", "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.1/32"]

        /// Runs a test on a platform whose demo campaign asks for name and mail address, and has a webhook.
        private static func run(_ body: (WalletPlatform, WebhookReceiver) async throws -> Void) async throws {
            let receiver = try WebhookReceiver()
            try await withPlatform(settings: settings) { platform in
                try await platform.putWalletConfiguration(WalletPlatform.configuration)
                try await platform.putCampaign(WalletPlatform.campaign, configuration: WalletPlatform.configuration) {
                    $0.pass["nfc"] = [
                        "message": "member",
                        "encryptionPublicKey":
                            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEk+PqVi7NyHMqq60PGd1l/0yx3f6sM6eMMS0DnbwzvV5qv0gil/2KL4m9lF1mG//Nk6bC55YUF5h3kC7Iffsskg==",
                    ]
                    $0.personalization = Personalization(
                        requiredFields: [.name, .emailAddress], description: "Join", termsAndConditions: "Terms")
                }
                let webhook = try await platform.admin.call(
                    PassIssuerEndpoints.putWebhook,
                    parameters: ["id": WalletPlatform.campaign.rawValue, "name": "crm"],
                    body: WebhookRequest(url: receiver.url, events: [.personalized]))
                platform.confide(try #require(webhook.secret?.value))
                try await body(platform, receiver)
            }
            await receiver.stop()
        }

        /// What somebody enters; none of it may stand in a log.
        private static func entered(_ platform: WalletPlatform) -> [String: String] {
            let person = Person()
            let mail = "\(person.lastName.lowercased())@example.com"
            for text in [person.lastName, mail] { platform.confide(text) }
            return ["fullName": "\(person.firstName) \(person.lastName)", "emailAddress": mail]
        }

        @Test("link, form, signed token, package without form, contact and webhook, and another phone is pushed")
        func whole() async throws {
            try await Self.run { platform, receiver in
                let service = PushService(client: platform.client, controlURL: platform.apns.controlURL)
                let exchanges = Exchanges()
                let phone = try platform.makePhone(pushService: service, observe: exchanges.add)
                let other = try platform.makePhone(pushService: service)
                let person = Person()
                let link = try await platform.link(for: person, voucher: ["points": 1])
                let package = try await phone.add(link: link)
                let serial = package.pass.serialNumber
                _ = try await other.add(link: link)
                #expect(package.paths.contains("personalization.json"))
                let form = try #require(try await other.form(of: serial))
                #expect(form.description == "Join" && form.termsAndConditions == "Terms")

                exchanges.clear()
                let entered = Self.entered(platform)
                // The phone verifies the signature by openssl, against the authority's root.
                let update = try await phone.personalize(serialNumber: serial, entering: entered)
                #expect(update.outcome == .updated)
                #expect(exchanges.statuses == [200, 200])
                #expect(try await phone.form(of: serial) == nil)
                #expect(!exchanges.paths.contains { $0.hasPrefix("/v1/log") })

                let updates = try await other.watch(service, within: .seconds(30), until: { !$0.isEmpty })
                #expect(updates.map(\.outcome) == [.updated])
                #expect(try await other.form(of: serial) == nil)
                let pass = try await platform.pass(serial)
                #expect(pass.contact["fullName"]?.stringValue == entered["fullName"])
                #expect(pass.contact["emailAddress"]?.stringValue == entered["emailAddress"])
                #expect(pass.personalizedAt != nil)
                try await eventually("the webhook to hear") { receiver.taken.count == 1 }
                let data = receiver.taken.first?.json["data"]
                #expect(data?["serialNumber"]?.stringValue == serial)
                #expect(data?["personalization"]?["emailAddress"]?.stringValue == entered["emailAddress"])

                // Opened once more, and by a newer link, it asks for nothing, and has what was entered.
                for again in [link, try await platform.link(for: person, voucher: ["points": 2])] {
                    _ = try await other.add(link: again)
                    #expect(try await other.form(of: serial) == nil)
                }
                #expect(try await platform.pass(serial).contact["fullName"]?.stringValue == entered["fullName"])
                await #expect(throws: PhoneRefusal.self) {
                    try await phone.personalize(serialNumber: serial, entering: entered)
                }
            }
        }

        @Test("the public endpoint signs no manifest, and a kill -9 in the midst signs one token at most")
        func hostile() async throws {
            try await Self.run { platform, receiver in
                let opened = try await platform.open(try await platform.link(for: Person(), voucher: ["points": 1]))
                    .body
                let serial = try #require(PassContent(package: opened)).serialNumber
                let directory = try TestDirectory()
                let file = try directory.write(opened, to: "a.pkpass")
                let manifest = try await Program.succeed(["unzip", "-p", file, "manifest.json"])
                #expect(manifest.hasPrefix("{"))
                let url =
                    try #require(platform.registry.publicURL)
                    + "/v1/passes/\(PassAuthority.passType)/\(serial)/personalize"
                let mail = try #require(Self.entered(platform)["emailAddress"])
                @Sendable func send(_ token: String) async -> HTTPClientResponse? {
                    let body: JSONValue = [
                        "personalizationToken": .string(token),
                        "requiredPersonalizationInfo": ["emailAddress": .string(mail)],
                    ]
                    // A service that is killed does not answer.
                    return try? await platform.client.send(
                        HTTPClientRequest(method: .post, url: url, body: body.serialized()))
                }
                let forged = await send(manifest)
                #expect(forged?.status == .unprocessableContent)

                let answers = await withTaskGroup(of: (String, HTTPClientResponse?).self) { group in
                    for number in 0..<40 {
                        let token = "token-\(number % 4)"
                        group.addTask { (token, await send(token)) }
                        if number == 20 { await platform.issuer.kill() }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                try await platform.issuer.start()
                try await platform.issuer.waitUntilReady(client: platform.client)
                var signed = Set(answers.filter { $0.1?.status == .ok }.map(\.0))
                for number in 0..<4 {
                    let answer = await send("token-\(number)")
                    if answer?.status == .ok { signed.insert("token-\(number)") }
                    #expect([.ok, .conflict].contains(answer?.status))
                }
                #expect(signed.count == 1)
                try await eventually(within: .seconds(60), "the webhook to hear") { !receiver.taken.isEmpty }
                #expect(Set(receiver.taken.map(\.id)).count == 1)
            }
        }
    }
}
