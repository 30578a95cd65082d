import Contracts
import HTTPTypes
import JSON
import Postgres
import Support
import Testing

@testable import PassIssuer

extension IssuerUnderTest {
    /// Runs a test beside a registry that notes what it is told.
    static func run(
        withRegistry settings: [String: String] = [:],
        _ body: (IssuerUnderTest, RegistryStub) async throws -> Void
    ) async throws {
        let registry = try RegistryStub()
        try await run(["DEVICE_REGISTRY_URL": registry.url].merging(settings) { $1 }) { try await body($0, registry) }
        await registry.stop()
    }

    /// Makes passes of a campaign's current version by one statement; their vouchers hold `points`, every tenth a `title`.
    func makePasses(_ count: Int, of campaign: String = "spring") async throws {
        try await pool.execute(
            """
            INSERT INTO issuer.passes (serial_number, campaign_id, pass_key, platforms, contact, voucher, voided,
                campaign_version, version, token_key_id, data_at, last_modified, created_at, updated_at)
            SELECT substr(encode(sha256(convert_to(\(campaign)::text || n, 'UTF8')), 'hex'), 1, 40), c.id, 'k-' || n,
                '{apple}', json_build_object('id', 'c-' || n, 'firstName', 'Ada'),
                CASE WHEN n % 10 = 0 THEN json_build_object('points', n, 'title', 'T')
                    ELSE json_build_object('points', n) END,
                false, c.current_version, 1, 'k1', now(), floor(extract(epoch FROM now())), now(), now()
            FROM issuer.campaigns c, generate_series(1, \(count)) AS n WHERE c.id = \(campaign)
            """)
    }

    /// Puts the campaign with other content.
    @discardableResult
    func change(
        _ campaign: String = "spring", pass: JSONObject = ["description": "Tea card"], _ more: JSONObject = [:]
    ) async throws -> Answer {
        let answer = try await admin(.put, "/admin/v1/campaigns/\(campaign)", Self.campaign(more, pass: pass))
        try #require(answer.status == 200, "\(answer.text)")
        return answer
    }

    /// A rollout as it is shown.
    func rollout(_ id: String) async throws -> Contracts.Rollout {
        let answer = try await admin(.get, "/admin/v1/rollouts/\(id)")
        try #require(answer.status == 200, "\(answer.text)")
        return try JSON.decode(Contracts.Rollout.self, from: answer.body)
    }

    /// Waits for the end of a rollout.
    @discardableResult
    func ended(_ id: String, within deadline: Duration = .seconds(60)) async throws -> Contracts.Rollout {
        try await eventually(within: deadline, "rollout \(id) to end") {
            [.done, .failed, .superseded].contains(try await rollout(id).state)
        }
        return try await rollout(id)
    }

    /// The rollout in the answer to a PUT of a campaign.
    func rolloutID(_ answer: Answer) throws -> String {
        try #require(answer.json["rollout"]?["id"]?.stringValue, "\(answer.text)")
    }

    /// Sends a mass update.
    func update(_ lines: String) async throws -> Answer {
        try await send(
            .post, internalURL + "/admin/v1/pass-updates", token: Self.adminToken, body: Array(lines.utf8),
            headers: ["Content-Type": "application/x-ndjson"])
    }

    /// Sends a mass update and waits for its end.
    func updated(_ lines: String) async throws -> Contracts.Rollout {
        let answer = try await update(lines)
        try #require(answer.status == 202, "\(answer.text)")
        return try await ended(try #require(answer.json["rolloutId"]?.stringValue))
    }

    /// The serial numbers of all passes, in order.
    func serialNumbers() async throws -> [String] {
        try await pool.query("SELECT serial_number FROM issuer.passes ORDER BY serial_number").map {
            try $0.decode(String.self)
        }
    }

    /// A number that a statement gives.
    func number(_ statement: SQL) async throws -> Int {
        try #require(try await pool.query(statement).first).decode(Int.self)
    }

    /// Begins the work beside requests once more, as another replica or after a crash.
    func replica() throws -> IssuerReplica {
        try IssuerReplica(of: self)
    }
}

/// Another process's work beside requests, on the same database.
final class IssuerReplica: Sendable {
    private let pool: PostgresPool
    private let background: Task<Void, Never>

    init(of issuer: IssuerUnderTest) throws {
        pool = PostgresPool(
            configuration: PostgresConfiguration(url: issuer.database.url(for: .passIssuer), size: 3))
        pool.start()
        let service = try issuer.makeService(on: pool)
        background = Task { try? await service.run() }
    }

    /// Ends it in the middle of whatever it does.
    func stop() async {
        background.cancel()
        await background.value
        await pool.close(deadline: .seconds(1))
    }
}
