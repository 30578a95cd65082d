import Contracts
import Foundation
import GoogleWalletSimulator
import HTTPClient
import HTTPTypes
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("From a link to a pass in Google Wallet") struct GoogleCircleTests {
        private static let issuerID = "3388000000000000001"
        private static let android = "Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 Mobile Safari/537.36"

        /// Runs a body on the four services at a simulated Google, with the demo campaign for both wallets.
        private static func run(
            _ body: @escaping @Sendable (WalletPlatform, GoogleWallet) async throws -> Void
        ) async throws {
            try await GoogleWallet.serving { google in
                try google.put(Issuer(issuerId: issuerID, name: "Acme"))
                // Pictures lie at pass-issuer, on loopback: nobody there to fetch them from.
                google.change { $0.callsPerSecond = 0 }
                let key = try google.makeServiceAccount("wallet@acme.example", issuers: [issuerID])
                try await withPlatform(isStarted: false) { platform in
                    platform.bridge.change([
                        "GOOGLE_WALLET_URL": google.url, "GOOGLE_SAVE_URL": google.saveURL,
                        "GOOGLE_KEYS_URL": google.keysURL, "GOOGLE_RATE_PER_SECOND": "200",
                    ])
                    try await platform.start()
                    let account = GoogleConfigurationRequest(
                        issuerId: GoogleIssuerID(rawValue: issuerID),
                        serviceAccount: Confidential(try #require(try key.file().objectValue)))
                    try await platform.putWalletConfiguration(
                        WalletPlatform.configuration, google: true, account: account)
                    try await platform.putCampaign(
                        WalletPlatform.campaign, configuration: WalletPlatform.configuration)
                    try await eventually("the class at Google") { google.resourceCounts.classes == 1 }
                    try await body(platform, google)
                }
            }
        }

        /// Opens a link on an Android phone and saves what the page offers; returns the object's id.
        private static func save(
            _ person: Person, points: Int, _ platform: WalletPlatform, _ google: GoogleWallet
        ) async throws -> String {
            let link = try await platform.link(
                for: person, platform: .google, voucher: ["points": .number(JSONNumber(points))])
            var page = ""
            // Google may need longer than a person is made to wait.
            try await eventually("the save page") {
                let answer = try await platform.open(link, userAgent: android)
                #expect([.seeOther, .serviceUnavailable].contains(answer.status))
                page = answer.headers["Location"] ?? ""
                return answer.status == .seeOther
            }
            #expect(page.hasPrefix(google.saveURL))
            return try #require(try await google.save(link: page).first)
        }

        private static func text(of object: String, _ google: GoogleWallet) -> String {
            google.resource(.object, object).map { "\($0)" } ?? ""
        }

        @Test("a person saves a pass, Google's callback is believed, and what changes comes to Google")
        func circle() async throws {
            try await Self.run { platform, google in
                let person = Person()
                let object = try await Self.save(person, points: 120, platform, google)
                // Another link of the same pass key is the same pass and the same object.
                #expect(try await Self.save(person, points: 121, platform, google) == object)
                try await eventually("the newer points") { Self.text(of: object, google).contains("121") }
                let serialNumber = String(object.dropFirst(Self.issuerID.count + 1))
                #expect(try await platform.pass(serialNumber).platforms == [.google])
                var kinds: [PassEventKind] = []
                try await eventually("the timeline to tell that the pass was saved") {
                    let timeline = try await platform.admin.call(
                        PassIssuerEndpoints.getTimeline, parameters: ["serialNumber": serialNumber])
                    kinds = timeline.events.map(\.kind)
                    return kinds.contains(.googleSaved)
                }
                #expect(kinds.contains(.issued) && kinds.contains(.googleWritten))

                try await platform.patch(serialNumber, PassPatch(voucher: .value(["points": 777])))
                try await eventually("the new points at Google") { Self.text(of: object, google).contains("777") }
                #expect(google.resource(.object, object)?["state"] == "ACTIVE")
                try await platform.patch(serialNumber, PassPatch(voided: .value(true)))
                try await eventually("the pass to be inactive at Google") {
                    ["INACTIVE", "EXPIRED"].contains(google.resource(.object, object)?["state"]?.stringValue)
                }

                #expect(google.resourceCounts.objects == 1 && google.resourceCounts.classes == 1)
                #expect(google.delete(object: object))
                try await eventually("the timeline to tell that the pass was deleted") {
                    try await platform.admin.call(
                        PassIssuerEndpoints.getTimeline, parameters: ["serialNumber": serialNumber]
                    ).events.contains { $0.kind == .googleDeleted }
                }
            }
        }

        @Test("a campaign's change reaches every saved pass, while Google goes away and comes back")
        func rollout() async throws {
            try await Self.run { platform, google in
                var objects: [String] = []
                for number in 0..<12 {
                    objects.append(try await Self.save(Person(), points: number, platform, google))
                }
                google.script(Fault(.refuse, times: nil))
                let current = try await platform.admin.call(PassIssuerEndpoints.getCampaign, parameters: ["id": "demo"])
                var request = current.content
                let fields = request.pass["storeCard"]?["secondaryFields"]?.arrayValue ?? []
                var card = try #require(request.pass["storeCard"]?.objectValue)
                card["secondaryFields"] = .array(
                    fields + [["key": "motto", "label": "Motto", "value": "{{contact.firstName}} in autumn"]])
                request.pass["storeCard"] = .object(card)
                let changed = try await platform.admin.call(
                    PassIssuerEndpoints.putCampaign, parameters: ["id": "demo"], body: request)
                let rollout = try #require(changed.rollout).id
                try await eventually("the rollout to end") {
                    try await platform.admin.call(
                        PassIssuerEndpoints.getRollout, parameters: ["id": rollout.rawValue]
                    ).state == .done
                }
                #expect(!objects.contains { Self.text(of: $0, google).contains("in autumn") })
                google.clearFaults()
                let found = objects
                try await eventually(within: .seconds(60), "every object to show the change") {
                    found.allSatisfy { Self.text(of: $0, google).contains("in autumn") }
                }
                #expect(google.resourceCounts.objects == 12 && google.resourceCounts.classes == 1)
            }
        }
    }
}
