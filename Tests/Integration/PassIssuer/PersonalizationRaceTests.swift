import Contracts
import HTTPTypes
import JSON
import Postgres
import Support
import Testing

@testable import PassIssuer

/// Owners that send their forms at once, again, and beside other writers.
@Suite struct PersonalizationRaceTests {
    @Test("of many different tokens at once exactly one is signed, and the others are refused")
    func differentTokens() async throws {
        try await IssuerUnderTest.run(withReceiver: [:]) { issuer, receiver in
            try await issuer.putEnrollingCampaign()
            try await issuer.putWebhook(receiver.url, events: ["personalized"])
            for round in 1...5 {
                let serial = try await issuer.issue("c-\(round)")
                let answers = try await withThrowingTaskGroup(of: (Int, IssuerUnderTest.Answer).self) { group in
                    for number in 0..<16 {
                        group.addTask {
                            let info: JSONValue = ["emailAddress": .string("\(number)@example.com")]
                            return (
                                number, try await issuer.personalize(serial, token: "token-\(number)", info: info)
                            )
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                let signed = answers.filter { $0.1.status == 200 }
                #expect(signed.count == 1 && answers.filter { $0.1.status == 409 }.count == 15)
                let winner = try #require(signed.first)
                #expect(try issuer.verifies(winner.1, of: "token-\(winner.0)"))
                let pass = try await issuer.admin(.get, "/admin/v1/passes/\(serial)")
                #expect(pass.json["contact"]?["emailAddress"] == .string("\(winner.0)@example.com"))
                #expect(pass.json["version"] == 2)
            }
            try await eventually("the events") { receiver.taken.count == 5 }
            #expect(try await issuer.count("webhook_deliveries") == 5)
        }
    }

    @Test("the same token many times at once, and again later, is answered the same each time")
    func sameToken() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putEnrollingCampaign()
            let serial = try await issuer.issue("c-1")
            let answers = try await withThrowingTaskGroup(of: IssuerUnderTest.Answer.self) { group in
                for _ in 0..<16 { group.addTask { try await issuer.personalize(serial) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 200 } && Set(answers.map(\.body)).count == 1)
            #expect(try issuer.verifies(try #require(answers.first), of: "token-1"))
            let version = try await issuer.admin(.get, "/admin/v1/passes/\(serial)").json["version"]
            #expect(version == 2)
            // Whatever happened to the pass since.
            #expect(try await issuer.admin(.patch, "/admin/v1/passes/\(serial)", ["voided": true]).status == 200)
            let again = try await issuer.personalize(serial, info: ["fullName": "Somebody Else"])
            #expect(again.status == 200 && again.body == answers.first?.body)
            #expect(try await issuer.personalize(serial, token: "token-2").status == 409)
            let contact = try await issuer.admin(.get, "/admin/v1/passes/\(serial)").json["contact"]
            #expect(contact == ["id": "c-1", "emailAddress": "ada@example.com"])
        }
    }

    @Test("beside patches, links and mass updates nothing is lost, and the form does not come back")
    func otherWriters() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putEnrollingCampaign()
            for round in 1...4 {
                let serial = try await issuer.issue("c-\(round)")
                let newer = try await issuer.link(
                    key: "c-\(round)", contact: ["id": .string("c-\(round)")], voucher: ["points": 99])
                try await withThrowingTaskGroup(of: Int.self) { group in
                    group.addTask { try await issuer.personalize(serial).status }
                    group.addTask { try await issuer.open(newer).status }
                    for number in 0..<4 {
                        group.addTask {
                            let patch: JSONValue = ["contact": .object(["w\(number)": true])]
                            return try await issuer.admin(.patch, "/admin/v1/passes/\(serial)", patch).status
                        }
                    }
                    for try await status in group { #expect(status == 200) }
                }
                let line = #"{"serialNumber":"\#(serial)","voucher":{"points":100}}"#
                let update = try await issuer.send(
                    .post, issuer.internalURL + "/admin/v1/pass-updates", token: IssuerUnderTest.adminToken,
                    body: Array(line.utf8), headers: ["Content-Type": "application/x-ndjson"])
                let rollout = try #require(update.json["rolloutId"]?.stringValue)
                #expect(try await issuer.ended(rollout).state == .done)
                let pass = try await issuer.admin(.get, "/admin/v1/passes/\(serial)")
                #expect(pass.json["contact"]?["emailAddress"] == "ada@example.com")
                #expect(pass.json["personalizedAt"] != nil && pass.json["voucher"]?["points"] == 100)
                let package = try await issuer.package(serial)
                #expect(!String(decoding: package.body, as: UTF8.self).contains("personalization.json"))
            }
        }
    }

    @Test("a form that the campaign gets later is told to passes that are not personalised, and to no others")
    func rollout() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, registry in
            try await issuer.putEnrollingCampaign()
            let done = try await issuer.issue("c-1")
            let open = try await issuer.issue("c-2")
            #expect(try await issuer.personalize(done).status == 200)
            try await eventually("the personalised one") { registry.serialNumbers == [done] }
            let form: JSONValue = ["requiredFields": ["emailAddress"], "description": "Join now"]
            let changed = try await issuer.admin(
                .put, "/admin/v1/campaigns/spring", IssuerUnderTest.enrolling(["personalization": form]))
            let rollout = try await issuer.ended(try #require(changed.json["rollout"]?["id"]?.stringValue))
            #expect(rollout.state == .done && rollout.notified == 1 && rollout.unchanged == 1)
            try await eventually("the other one") { registry.serialNumbers == [done, open] }
            // What the old form asked for and this one does not is not taken.
            #expect(try await issuer.personalize(open, info: ["fullName": "Ada"]).status == 422)
            #expect(try await issuer.personalize(open, info: ["fullName": "A", "emailAddress": "a@b.c"]).status == 200)
            let contact = try await issuer.admin(.get, "/admin/v1/passes/\(open)").json["contact"]
            #expect(contact == ["id": "c-2", "emailAddress": "a@b.c"])
        }
    }
}
