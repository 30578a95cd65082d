import HTTPTypes
import JSON
import Postgres

extension RegistryUnderTest {
    /// Registers a pass and gives the status.
    func register(
        _ device: String, _ serialNumber: String, pushToken: String, passType: String = RegistryAccess.passType,
        headers: HTTPHeaders? = nil
    ) async throws -> Int {
        let body: JSONValue = ["pushToken": .string(pushToken)]
        let response = try await send(
            .post, RegistryAccess.registrationPath(device, serialNumber, passType: passType),
            headers: try headers ?? RegistryAccess.authorization(serialNumber, passType: passType),
            body: body.serialized())
        return response.status.rawValue
    }

    /// Unregisters a pass and gives the status.
    func unregister(_ device: String, _ serialNumber: String) async throws -> Int {
        let path = RegistryAccess.registrationPath(device, serialNumber)
        return try await send(.delete, path, headers: try RegistryAccess.authorization(serialNumber)).status.rawValue
    }

    /// Asks what changed, as phones do: without Authorization.
    func changes(
        _ device: String, since tag: String? = nil, passType: String = RegistryAccess.passType
    ) async throws -> ChangesAnswer {
        try ChangesAnswer(try await send(.get, RegistryAccess.changesPath(device, since: tag, passType: passType)))
    }

    /// Tells of changed passes under an id of its own.
    func update(_ serialNumbers: [String]) async throws -> (passes: Int, devices: Int) {
        let body: JSONValue = [
            "updateId": .string("update-\(UInt64.random(in: 0 ... .max))"),
            "passTypeIdentifier": .string(RegistryAccess.passType),
            "serialNumbers": .array(serialNumbers.map(JSONValue.string)),
        ]
        let answer = try JSON.parse(try await call(.post, "/rpc/v1/pass-updates", body: body).body)
        return (answer["passes"]?.intValue ?? -1, answer["devices"]?.intValue ?? -1)
    }

    /// Rejects push tokens as of now and gives the status.
    func reject(_ tokens: [String]) async throws -> Int {
        let rejections = tokens.map { token -> JSONValue in
            [
                "passTypeIdentifier": .string(RegistryAccess.passType), "pushToken": .string(token),
                "reason": "Unregistered", "rejectedAt": .string(Instant.now().rfc3339),
            ]
        }
        let response = try await call(
            .post, "/rpc/v1/push-tokens/rejections", token: Self.pushSenderToken,
            body: ["rejections": .array(rejections)])
        return response.status.rawValue
    }

    /// The push tokens of the outbox, a list for each push.
    func pushedTokens() async throws -> [[String]] {
        try await pool.query("SELECT push_tokens FROM registry.outbox ORDER BY position").map {
            try $0.decode([String].self)
        }
    }

    /// How many rows a table has.
    func rows(_ table: String) async throws -> Int {
        try await count("SELECT count(*) FROM registry.\(identifier: table)")
    }

    /// The number that a statement gives.
    func count(_ statement: SQL) async throws -> Int {
        try await pool.query(statement).first?.decode(Int.self) ?? 0
    }

    /// Runs a statement.
    func execute(_ statement: SQL) async throws {
        _ = try await pool.execute(statement)
    }

    /// Runs a transaction of the test's own.
    func transaction(_ body: @Sendable (Transaction) async throws -> Void) async throws {
        try await pool.transaction { try await body($0) }
    }
}
