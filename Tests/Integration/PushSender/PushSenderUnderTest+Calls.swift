import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit
import Support
import Testing

@testable import PushSender

extension PushSenderUnderTest {
    /// The pass type of the authority's first certificate.
    static let passType = PassAuthority.passType

    /// A push token of its own for each number.
    static func token(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits + String(repeating: "ab", count: 28)
    }

    /// A delivery of pushes under an id of its own.
    static func pushes(
        _ tokens: [String], id: String? = nil, rate: Int? = nil, passType: String = passType
    ) -> JSONValue {
        var body: JSONObject = [
            "pushId": .string(id ?? "p-\(UInt64.random(in: 0 ... .max))"), "passTypeIdentifier": .string(passType),
            "pushTokens": .array(tokens.map(JSONValue.string)),
        ]
        body["ratePerSecond"] = rate.map { .number(JSONNumber($0)) }
        return .object(body)
    }

    /// Hands pushes in and gives the counts: accepted, coalesced, refused.
    @discardableResult
    func push(
        _ tokens: [String], id: String? = nil, rate: Int? = nil, passType: String = passType
    ) async throws -> [Int?] {
        let answer = try await call(
            .post, "/rpc/v1/pushes", token: Self.registryToken,
            body: Self.pushes(tokens, id: id, rate: rate, passType: passType))
        try #require(answer.status == 202, "\(answer)")
        return ["accepted", "coalesced", "refused"].map { answer.json[$0]?.intValue }
    }

    /// The credentials of the authority's first certificate, as pass-issuer sends them.
    static func credentials(_ certificate: String = "pass", key: String? = nil) async throws -> JSONValue {
        let authority = try await PassAuthority.shared()
        return [
            "certificate": .string(try authority.pem("\(certificate).pem")),
            "privateKey": .string(try authority.pem("\(key ?? certificate).key.pem")),
            "intermediate": .string(try authority.pem("intermediate.pem")),
        ]
    }

    /// Puts the credentials of the first certificate and gives the status.
    @discardableResult
    func putCredentials(
        _ body: JSONValue? = nil, passType: String = passType, query: String = ""
    ) async throws -> Int {
        let credentials = if let body { body } else { try await Self.credentials() }
        return try await call(
            .put, "/rpc/v1/credentials/\(passType)\(query)", token: Self.issuerToken, body: credentials
        ).status
    }

    /// The topic as an admin sees it; null when it is not in the list.
    func topic(_ passType: String = passType) async throws -> JSONValue {
        let answer = try await call(.get, "/admin/v1/topics?limit=500", token: Self.adminToken)
        let items = try #require(answer.json["items"]?.arrayValue)
        return items.first { $0["passTypeIdentifier"] == .string(passType) } ?? .null
    }

    /// Pauses or resumes the topic.
    @discardableResult
    func hold(_ word: String, _ passType: String = passType) async throws -> JSONValue {
        let answer = try await call(.post, "/admin/v1/topics/\(passType)/\(word)", token: Self.adminToken)
        try #require(answer.status == 200, "\(answer)")
        return answer.json
    }

    /// The kinds of a token's events, oldest first.
    func eventKinds(_ token: String) async throws -> [String] {
        let answer = try await call(.get, "/rpc/v1/push-tokens/\(token)/events", token: Self.issuerToken)
        return (answer.json["events"]?.arrayValue ?? []).compactMap { $0["kind"]?.stringValue }
    }

    /// The number that a statement gives.
    func count(_ statement: SQL) async throws -> Int {
        try await pool.query(statement).first?.decode(Int.self) ?? 0
    }

    /// The topic as the dispatcher finds it; its pushes are sent by the test itself.
    func due(_ passType: String = passType) async throws -> DueTopic {
        let topics = try await TopicStore(database: pool).due()
        return try #require(topics.first { $0.passTypeIdentifier.rawValue == passType })
    }

    /// The queue, as a replica with this lease sees it.
    func queue(lease: Duration = .seconds(60), minimumInterval: Duration = .zero) -> QueueStore {
        QueueStore(database: pool, minimumInterval: minimumInterval, leaseDuration: lease)
    }

    /// A topic with credentials, whose pushes the test takes itself.
    func preparedTopic(_ tokens: [String]) async throws -> DueTopic {
        try await putCredentials()
        try await push(tokens)
        return try await due()
    }
}

extension QueueStore {
    /// Writes down one outcome for all pushes.
    @discardableResult
    func settle(
        _ pushes: [LeasedPush], _ kind: PushOutcome.Kind, reason: String? = nil, of topic: DueTopic
    ) async throws -> SettledAnswers {
        try await settle(pushes.map { PushOutcome(push: $0, kind: kind, reason: reason) }, of: topic)
    }
}
