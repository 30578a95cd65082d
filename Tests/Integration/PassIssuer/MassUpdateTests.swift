import Contracts
import HTTPTypes
import JSON
import ServiceKit
import Support
import Testing

@testable import PassIssuer

@Suite struct MassUpdateTests {
    @Test("merges each line into its pass, as a patch does, and tells the registry of what is seen")
    func merges() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, registry in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(4)
            let serials = try await issuer.serialNumbers()
            let before = try await issuer.admin(.get, "/admin/v1/passes/\(serials[3])").json["voucher"]?["points"]
            let rollout = try await issuer.updated(
                """
                {"serialNumber":"\(serials[0])","voucher":{"points":700}}
                {"serialNumber":"\(serials[1])","contact":{"firstName":null,"nickname":"Bo"},"voided":true}
                {"serialNumber":"\(serials[2])","contact":{"phone":"1"}}
                {"serialNumber":"\(serials[3])"}
                """)
            #expect(rollout.cause == .passUpdates && rollout.campaignId == nil)
            #expect(rollout.total == 4 && rollout.notified == 2 && rollout.unchanged == 2 && rollout.failed == 0)
            #expect(await eventually { registry.serialNumbers.count == 2 })
            #expect(Set(registry.serialNumbers) == Set(serials.prefix(2)))
            let second = try await issuer.admin(.get, "/admin/v1/passes/\(serials[1])").json
            #expect(second["contact"]?["firstName"] == nil && second["contact"]?["nickname"] == "Bo")
            #expect(second["voided"] == true)
            #expect(
                try await issuer.admin(.get, "/admin/v1/passes/\(serials[2])").json["contact"]?["phone"] == "1")
            #expect(
                try await issuer.admin(.get, "/admin/v1/passes/\(serials[3])").json["voucher"]?["points"] == before)
            #expect(try await issuer.count("pass_updates") == 0)
        }
    }

    @Test(
        "malformed lines, unknown passes and data that phones would refuse fail by their number; the others are merged")
    func failures() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, _ in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(2)
            let serials = try await issuer.serialNumbers()
            let rollout = try await issuer.updated(
                """
                {"serialNumber":"\(serials[0])","voucher":{"points":701}

                {"serialNumber":"nobody","voucher":{"points":1}}
                {"serialNumber":"\(serials[0])","vouchers":{}}
                {"serialNumber":"\(serials[0])","voucher":{"points":null}}
                {"serialNumber":"\(serials[1])","voucher":{"points":702},"contact":{"long":"\(String(repeating: "x", count: 70_000))"}}
                {"serialNumber":"\(serials[1])","voucher":{"points":703}}

                """)
            #expect(rollout.state == .done && rollout.total == 6 && rollout.notified == 1 && rollout.failed == 5)
            #expect(rollout.errors.map(\.line) == [1, 3, 4, 5, 6])
            #expect(rollout.errors[1].serialNumber?.rawValue == "nobody")
            #expect(rollout.errors[0].reason.contains("no JSON"))
            #expect(rollout.errors[3].reason.contains("voucher.points"))
            let second = try await issuer.admin(.get, "/admin/v1/passes/\(serials[1])").json
            #expect(second["voucher"]?["points"] == 703)
        }
    }

    @Test("many lines of one pass are merged in their order, across all batches")
    func order() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, _ in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(2)
            let serials = try await issuer.serialNumbers()
            var lines = ""
            for number in 1...5_000 {
                lines += #"{"serialNumber":"\#(serials[number % 2])","voucher":{"points":\#(number)}}"# + "\n"
            }
            let rollout = try await issuer.updated(lines)
            #expect(rollout.notified == 5_000)
            let points = try await issuer.pool.query(
                "SELECT voucher->>'points' FROM issuer.passes ORDER BY serial_number"
            ).map { try $0.decode(String.self) }
            #expect(points == ["5000", "4999"])
        }
    }

    @Test("keeps the first hundred faults and counts all; an update without lines is done at once")
    func manyFaults() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, _ in
            let lines = (1...2_500).map { #"{"serialNumber":"nobody-\#($0)"}"# }.joined(separator: "\n")
            let rollout = try await issuer.updated("oops\n" + lines)
            #expect(rollout.failed == 2_501 && rollout.total == 2_501 && rollout.errors.count == 100)
            #expect(rollout.errors.first?.line == 1 && rollout.errors.last?.line == 100)
            let empty = try await issuer.updated("\n")
            #expect(empty.state == .done && empty.total == 0)
        }
    }

    @Test("refuses another media type and another token, and takes nothing of a body that breaks off")
    func refused() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, _ in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(1)
            let url = issuer.internalURL + "/admin/v1/pass-updates"
            let json = try await issuer.send(
                .post, url, token: IssuerUnderTest.adminToken, body: Array("{}".utf8),
                headers: ["Content-Type": "application/json"])
            #expect(json.status == 415)
            #expect(try await issuer.send(.post, url, body: Array("{}".utf8)).status == 401)
            let personalisation = try await issuer.send(
                .post, url, token: IssuerUnderTest.personalisationToken, body: Array("{}".utf8))
            #expect(personalisation.status == 403)

            let serial = try #require(try await issuer.serialNumbers().first)
            let line = #"{"serialNumber":"\#(serial)","voucher":{"points":9}}"# + "\n"
            let port = try #require(Int(issuer.internalURL.split(separator: ":").last ?? ""))
            var connection: RawConnection? = try RawConnection(port: port)
            try connection?.write(
                "POST /admin/v1/pass-updates HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(IssuerUnderTest.adminToken)\r\n"
                    + "Content-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n"
                    + String(repeating: line, count: 1_500))
            #expect(try await eventually { try await issuer.number("SELECT count(*) FROM issuer.pass_updates") > 0 })
            connection = nil
            try await issuer.pool.execute("UPDATE issuer.rollouts SET updated_at = now() - interval '1 hour'")
            let housekeeping = Housekeeping(
                store: HousekeepingStore(database: issuer.pool), events: PassEventStore(database: issuer.pool),
                eventRetention: .seconds(60), maximumEvents: 10, rolloutRetention: .seconds(86_400),
                logger: Logger(service: "test", level: .error, format: .text),
                clock: { .now() })
            #expect(
                try await eventually {
                    try await housekeeping.clean()
                    return try await issuer.count("rollouts") == 0
                })
            #expect(try await issuer.count("pass_updates") == 0)
            #expect(try await issuer.number("SELECT version FROM issuer.passes") == 1)
        }
    }

    @Test(
        "passes of several campaigns are updated by one rollout; one that can't make passes fails its own lines alone")
    func severalCampaigns() async throws {
        try await IssuerUnderTest.run(withRegistry: [:]) { issuer, _ in
            try await issuer.putActiveCampaign()
            try await issuer.makePasses(2)
            let wallet = try await issuer.putWalletConfiguration(
                "other", apple: .object(DemoAuthority.apple("other")))
            try #require(wallet.status == 201, "\(wallet.text)")
            try await issuer.putActiveCampaign(
                "autumn", IssuerUnderTest.campaign(["walletConfigurationId": "other"]))
            try await issuer.makePasses(2, of: "autumn")
            let lines = try await issuer.serialNumbers().map { #"{"serialNumber":"\#($0)","voucher":{"points":900}}"# }
            #expect(try await issuer.updated(lines.joined(separator: "\n")).notified == 4)
            #expect(try await issuer.count("rollout_campaigns") == 2)
            try await issuer.pool.execute(
                """
                UPDATE issuer.wallet_configurations SET sealed_private_key = '\\x00',
                    revision = nextval('issuer.wallet_revisions') WHERE id = 'other'
                """)
            let again = try await issuer.serialNumbers().map { #"{"serialNumber":"\#($0)","voucher":{"points":901}}"# }
            let rollout = try await issuer.updated(again.joined(separator: "\n"))
            #expect(rollout.state == .done && rollout.notified == 2 && rollout.failed == 2)
        }
    }
}
