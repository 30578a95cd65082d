import HTTPTypes
import JSON
import Support
import Testing

@testable import PassIssuer
@testable import Postgres
@testable import ServiceKit

@Suite("The audit log") struct AuditTrailTests {
    private func entries(_ issuer: IssuerUnderTest, _ query: String = "") async throws -> [JSONValue] {
        let answer = try await issuer.admin(.get, "/admin/v1/audit-log\(query)")
        try #require(answer.status == 200, "\(answer.text)")
        return answer.json["items"]?.arrayValue ?? []
    }

    @Test("names who did what with which outcome, what was refused too, and nothing that was only read")
    func whole() async throws {
        try await IssuerUnderTest.run { issuer in
            _ = try await issuer.admin(.delete, "/admin/v1/campaigns/nothing")
            _ = try await issuer.admin(.get, "/admin/v1/campaigns")
            _ = try await issuer.send(.delete, issuer.internalURL + "/admin/v1/campaigns/forged", token: "guess")
            try await eventually("the refusal to be written") { try await entries(issuer).count == 2 }
            let written = try await entries(issuer)
            #expect(written.map { $0["status"] } == [401, 404])
            #expect(written.allSatisfy { $0["method"] == "DELETE" && $0["route"] == "/admin/v1/campaigns/{id}" })
            #expect(written.map { $0["ids"]?["id"] } == ["forged", "nothing"])
            #expect(written[0]["actor"] == "unknown")
            #expect(written[1]["actor"]?.stringValue?.hasPrefix("token:") == true)
            #expect(!"\(written)".contains(IssuerUnderTest.adminToken))
        }
    }

    @Test("is answered page by page, and by actor, route and time")
    func pages() async throws {
        try await IssuerUnderTest.run { issuer in
            for id in ["a", "b", "c"] { _ = try await issuer.admin(.delete, "/admin/v1/campaigns/\(id)") }
            _ = try await issuer.admin(.delete, "/admin/v1/wallet-configurations/w")
            let first = try await issuer.admin(.get, "/admin/v1/audit-log?limit=3").json
            let cursor = try #require(first["nextCursor"]?.stringValue)
            #expect(try await entries(issuer, "?limit=3&cursor=\(cursor)").map { $0["ids"]?["id"] } == ["a"])
            #expect(try await entries(issuer, "?route=/admin/v1/wallet-configurations/%7Bid%7D").count == 1)
            #expect(try await entries(issuer, "?actor=service").isEmpty)
            #expect(try await entries(issuer, "?to=2020-01-01T00:00:00Z").isEmpty)
            for query in ["from=yesterday", "cursor=7", "cursor=x.1", "cursor=1.2.3"] {
                #expect(try await issuer.admin(.get, "/admin/v1/audit-log?\(query)").status == 400, "\(query)")
            }
        }
    }

    @Test(
        "reads what it answers and nothing else, whatever is asked for",
        arguments: [
            ("limit=2", "audit_log_at"), ("actor=rare", "audit_log_actor"), ("route=/rare", "audit_log_route"),
            ("to=2027-01-02T00:00:00Z", "audit_log_at"), ("from=2027-01-10T00:00:00Z&actor=rare", "audit_log_actor"),
            ("cursor=1798848000000000.7", "audit_log_at"),
        ])
    func plans(query: String, index: String) async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.pool.execute(
                """
                INSERT INTO issuer.audit_log (at, actor, method, route, ids, request_id)
                SELECT '2027-01-01T00:00:00Z'::timestamptz + n * interval '1 minute',
                    CASE WHEN n % 5000 = 0 THEN 'rare' ELSE 'x' END, 'PUT',
                    CASE WHEN n % 5000 = 0 THEN '/rare' ELSE '/' END, '{}', 'r' FROM generate_series(1, 40000) n
                """)
            try await issuer.database.change("ANALYZE issuer.audit_log", as: .passIssuer)
            var plan = AuditStore.selection(try AuditFilter(QueryItems(query)), "issuer")
            plan.text = "EXPLAIN \(plan.text)"
            var lines: [String] = []
            for row in try await issuer.pool.query(plan) { lines.append(try row.decode(String.self)) }
            let text = lines.joined(separator: "\n")
            #expect(text.contains("Index Scan Backward using \(index)"), "\(text)")
            #expect(!text.contains("Sort") && !text.contains("Filter"), "\(text)")
        }
    }

    @Test("can't be changed, and loses nothing that is younger than a day")
    func stays() async throws {
        try await IssuerUnderTest.run { issuer in
            _ = try await issuer.admin(.delete, "/admin/v1/campaigns/a")
            for statement in [
                "UPDATE issuer.audit_log SET actor = 'x'", "UPDATE issuer.audit_log SET status = 200",
                "DELETE FROM issuer.audit_log", "TRUNCATE issuer.audit_log",
            ] as [SQL] {
                await #expect(throws: PostgresError.self) { try await issuer.pool.execute(statement) }
            }
        }
    }

    @Test("keeps entries for as long as is set")
    func retention() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.pool.execute(
                """
                INSERT INTO issuer.audit_log (at, actor, method, route, ids, request_id)
                SELECT now() - n * interval '1 day', 'x', 'PUT', '/', '{}', 'r' FROM unnest('{1,5}'::integer[]) n
                """)
            let trail = AuditTrail(
                store: AuditStore(database: issuer.pool, schema: "issuer"), retention: .seconds(3 * 86_400),
                logger: Logger(service: "test", level: .error, format: .text), actor: { _ in "x" })
            try await trail.sweep(at: .now())
            #expect(try await issuer.count("audit_log") == 1)
        }
    }

    @Test("refuses what it can't write down")
    func unwritten() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            try await issuer.database.change("ALTER TABLE issuer.audit_log RENAME TO hidden", as: .passIssuer)
            #expect(try await issuer.admin(.delete, "/admin/v1/campaigns/spring").status >= 500)
            try await issuer.database.change("ALTER TABLE issuer.hidden RENAME TO audit_log", as: .passIssuer)
            #expect(try await issuer.admin(.get, "/admin/v1/campaigns/spring").status == 200)
        }
    }
}
