import Contracts
import HTTPTypes
import Postgres
import ServiceKit

extension TopicStore {
    /// Lets no push of a topic out; false when there is no such topic.
    func pause(_ passType: PassTypeIdentifier) async throws(PostgresError) -> Bool {
        try await database.execute(
            """
            UPDATE push.topics SET paused_at = coalesce(paused_at, clock_timestamp())
            WHERE pass_type_identifier = \(passType)
            """) == 1
    }

    /// Lets a topic go on, whatever held it, and empties its breaker's window.
    /// - Returns: the topic's number; nil when there is none.
    func resume(_ passType: PassTypeIdentifier) async throws(PostgresError) -> Int? {
        try await database.query(
            """
            UPDATE push.topics SET paused_at = NULL, stopped_at = NULL, opened_at = NULL, probe_at = NULL,
                epoch = epoch + 1, last_error = NULL
            WHERE pass_type_identifier = \(passType)
            RETURNING topic
            """
        ).first?.decode(Int.self)
    }

    /// Stops a topic for a fault of its configuration, unless that has been replaced since.
    /// - Returns: whether it ran until now.
    func stop(_ topic: DueTopic, reason: String) async throws(PostgresError) -> Bool {
        try await database.execute(
            """
            UPDATE push.topics t SET stopped_at = clock_timestamp(), last_error = \(reason)
            FROM push.credentials c
            WHERE t.topic = \(Int32(topic.number)) AND c.topic = t.topic AND c.revision = \(topic.revision)
                AND t.stopped_at IS NULL
            """) == 1
    }

    /// Opens a topic's breaker, unless its window was emptied since; false when it was open already.
    func open(_ topic: DueTopic, epoch: Int, reason: String) async throws(PostgresError) -> Bool {
        try await database.execute(
            """
            UPDATE push.topics SET opened_at = clock_timestamp(), last_error = \(reason),
                probe_at = clock_timestamp() + \(Breaker.probeInterval.interval)::text::interval
            WHERE topic = \(Int32(topic.number)) AND epoch = \(Int32(epoch)) AND opened_at IS NULL
            """) == 1
    }

    /// Closes a topic's breaker and empties its window; false when it was closed already.
    func close(_ topic: DueTopic, epoch: Int) async throws(PostgresError) -> Bool {
        try await database.execute(
            """
            UPDATE push.topics SET opened_at = NULL, probe_at = NULL, epoch = epoch + 1
            WHERE topic = \(Int32(topic.number)) AND epoch = \(Int32(epoch)) AND opened_at IS NOT NULL
            """) == 1
    }

    /// Notes the last fault of a topic that goes on.
    func note(_ fault: String, of topic: DueTopic) async throws(PostgresError) {
        try await database.execute(
            """
            UPDATE push.topics SET last_error = \(fault)
            WHERE topic = \(Int32(topic.number)) AND last_error IS DISTINCT FROM \(fault) AND stopped_at IS NULL
                AND opened_at IS NULL
            """)
    }

    /// Lets pushes of suspect tokens wait again, of every topic whose breaker is open.
    func recallSuspects(atMost count: Int) async throws(PostgresError) -> Int {
        let rows = try await database.query(
            """
            SELECT coalesce(sum(push.recall_suspects(t.topic, \(Int32(count)))), 0)
            FROM push.topics t WHERE t.opened_at IS NOT NULL
            """)
        return try rows.only().decode(Int.self)
    }
}
