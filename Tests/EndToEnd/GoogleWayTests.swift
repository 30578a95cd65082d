import Contracts
import GoogleWalletSimulator
import HTTPTypes
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("The same campaign in Google Wallet") struct GoogleWayTests {
        @Test("a campaign's change reaches Google's passes: what they share by one call, what is theirs one by one")
        func rollout() async throws {
            try await GooglePlatform.run { subject in
                let google = subject.google
                var people: [(serialNumber: String, person: Person)] = []
                for _ in 0..<8 {
                    let person = Person()
                    people.append((try await subject.save(person), person))
                }
                try await Self.end(subject)
                google.forgetCalls()
                try await subject.changeCampaign { $0.pass["backgroundColor"] = "rgb(1, 2, 3)" }
                let classID = try #require(try await subject.campaign().googleClass?.classId)
                try await eventually("the class's colour") {
                    google.resource(.class, classID)?["hexBackgroundColor"]?.stringValue?.lowercased() == "#010203"
                }
                try await Self.end(subject)
                #expect(subject.writes(.patch, "loyaltyClass") == 1)
                #expect(subject.writes(.patch, "loyaltyObject") == 0 && subject.writes(.post, "loyaltyObject") == 0)
                google.forgetCalls()
                try await subject.changeCampaign { request in
                    request.pass["storeCard"] = Self.greeting(in: request.pass["storeCard"])
                }
                for (serialNumber, person) in people {
                    try await eventually("the greeting of each") {
                        "\(subject.object(serialNumber))".contains("Welcome back, \(person.firstName)!")
                    }
                }
                try await Self.end(subject)
                #expect(google.resourceCounts.objects == people.count)
                #expect(subject.writes(.patch, "loyaltyObject") == people.count)
            }
        }

        private static func greeting(in card: JSONValue?) -> JSONValue? {
            guard case .object(var groups)? = card else { return card }
            groups["primaryFields"] = [
                ["key": "greeting", "label": "A good cup", "value": "Welcome back, {{contact.firstName}}!"]
            ]
            return .object(groups)
        }

        /// Waits until the campaign's rollout is over and nothing waits for Google.
        private static func end(_ subject: GooglePlatform) async throws {
            try await eventually("the rollout to end") {
                try await subject.campaign().rollout.map { $0.state == .done } ?? true
            }
            try await subject.settle()
        }

        @Test("Google commits and its answer is lost: the person gets a link, later another, and there is one pass")
        func lostAnswer() async throws {
            try await GooglePlatform.run { subject in
                let google = subject.google
                google.script(Fault(.loseAnswer, method: "POST", path: "loyaltyObject", times: 2, milliseconds: 20_000))
                let link = try await subject.platform.link(for: Person(), platform: .google)
                // Carries the whole pass, or is asked for again where that is too long for a link.
                if let page = try await subject.savePage(of: link) { try await google.save(link: page) }
                try await eventually("the object") { google.resourceCounts.objects == 1 }
                google.clearFaults()
                try await eventually("a link by ids") {
                    guard let page = try await subject.savePage(of: link) else { return false }
                    let isSaved = try await google.save(link: page).count == 1
                    return isSaved && page.utf8.count < 1_100
                }
                #expect(google.resourceCounts.objects == 1)
                #expect(try await subject.platform.query("SELECT count(*) FROM issuer.passes") == "1")
            }
        }
    }
}
