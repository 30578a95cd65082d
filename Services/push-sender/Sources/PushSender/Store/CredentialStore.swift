import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// What APNs is reached with, in `push.credentials`.
struct CredentialStore: Sendable {
    let database: PostgresPool

    /// The credentials of a pass type.
    func credentials(_ passType: PassTypeIdentifier) async throws(PostgresError) -> StoredCredentials? {
        try await database.query(
            """
            SELECT t.pass_type_identifier, c.revision, c.sealed
            FROM push.credentials c JOIN push.topics t ON t.topic = c.topic
            WHERE t.pass_type_identifier = \(passType)
            """
        ).first.map(Self.stored)
    }

    /// The credentials behind a pass type, in order.
    func credentials(after passType: String, limit: Int) async throws(PostgresError) -> [StoredCredentials] {
        var all: [StoredCredentials] = []
        let rows = try await database.query(
            """
            SELECT t.pass_type_identifier, c.revision, c.sealed
            FROM push.credentials c JOIN push.topics t ON t.topic = c.topic
            WHERE t.pass_type_identifier > \(passType) ORDER BY t.pass_type_identifier LIMIT \(limit)
            """)
        for row in rows { all.append(try Self.stored(row)) }
        return all
    }

    /// The numbers of the topics that have credentials.
    func topics() async throws(PostgresError) -> Set<Int> {
        var numbers: Set<Int> = []
        for row in try await database.query("SELECT topic FROM push.credentials") {
            numbers.insert(try row.decode(Int.self))
        }
        return numbers
    }

    /// Locks a topic, made when there is none, until the transaction ends.
    func lock(
        _ passType: PassTypeIdentifier, in transaction: Transaction
    ) async throws(PostgresError) -> LockedTopic {
        let number = try await transaction.query("SELECT push.topic_of(\(passType))").only().decode(Int.self)
        let revision = try await transaction.query(
            "SELECT issuer_revision FROM push.topics WHERE topic = \(Int32(number)) FOR UPDATE"
        ).only().decode(Int.self)
        let stored = try await transaction.query(
            """
            SELECT t.pass_type_identifier, c.revision, c.sealed
            FROM push.credentials c JOIN push.topics t ON t.topic = c.topic WHERE c.topic = \(Int32(number))
            """
        ).first.map(Self.stored)
        return LockedTopic(number: number, issuerRevision: revision, credentials: stored)
    }

    /// Stores credentials in place of what there was, under a new revision; what stopped the topic may be mended by them.
    func save(
        _ credentials: APNsCredentials, sealed: [UInt8], topic: Int, in transaction: Transaction
    ) async throws(PostgresError) {
        try await transaction.execute(
            """
            INSERT INTO push.credentials (topic, revision, kind, certificate_not_after, sealed)
            VALUES (\(Int32(topic)), nextval('push.credential_revisions'), \(credentials.kind),
                \(credentials.notAfter), \(sealed))
            ON CONFLICT (topic) DO UPDATE SET revision = excluded.revision, kind = excluded.kind,
                certificate_not_after = excluded.certificate_not_after, sealed = excluded.sealed,
                updated_at = excluded.updated_at
            """)
        try await transaction.execute(
            """
            UPDATE push.topics SET stopped_at = NULL, last_error = CASE WHEN stopped_at IS NULL THEN last_error END
            WHERE topic = \(Int32(topic))
            """)
    }

    /// Keeps the revision of pass-issuer's that a topic's credentials are of, whether they are there or gone.
    func keep(issuerRevision: Int, topic: Int, in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute(
            "UPDATE push.topics SET issuer_revision = \(issuerRevision) WHERE topic = \(Int32(topic))")
    }

    /// Seals the same credentials anew; nobody has to connect again for it.
    func reseal(_ sealed: [UInt8], topic: Int, in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute("UPDATE push.credentials SET sealed = \(sealed) WHERE topic = \(Int32(topic))")
    }

    /// Deletes the credentials of a topic, with whatever stood in its way.
    func delete(topic: Int, in transaction: Transaction) async throws(PostgresError) {
        try await transaction.execute("DELETE FROM push.credentials WHERE topic = \(Int32(topic))")
        try await transaction.execute(
            """
            UPDATE push.topics SET paused_at = NULL, stopped_at = NULL, opened_at = NULL, probe_at = NULL,
                epoch = epoch + 1, last_error = NULL
            WHERE topic = \(Int32(topic))
            """)
    }

    private static func stored(_ row: Row) throws(PostgresError) -> StoredCredentials {
        let (passType, revision, sealed) = try row.decode(PassTypeIdentifier.self, Int.self, [UInt8].self)
        return StoredCredentials(passTypeIdentifier: passType, revision: revision, sealed: sealed)
    }
}
