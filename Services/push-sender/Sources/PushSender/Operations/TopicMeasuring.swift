import Contracts
import HTTPTypes
import Postgres
import ServiceKit

/// Measures the queue of every topic now and then. All replicas see the same queue: take the largest, not the sum.
struct TopicMeasuring: Sendable {
    private static let page = 500

    private let topics: TopicStore
    private let clients: APNsClients
    private let logger: Logger
    private let queued: Gauge
    private let oldest: Gauge
    private let inFlight: Gauge
    private let states: Gauge
    private let certificateDays: Gauge
    private let connected: Gauge

    init(topics: TopicStore, clients: APNsClients, metrics: Metrics, logger: Logger) {
        self.topics = topics
        self.clients = clients
        self.logger = logger
        queued = metrics.gauge("push_queued", help: "Pushes that wait.", labels: ["topic"])
        oldest = metrics.gauge(
            "push_oldest_seconds", help: "How long the oldest push has been waiting, in seconds.", labels: ["topic"])
        inFlight = metrics.gauge("push_in_flight", help: "Pushes that are with APNs.", labels: ["topic"])
        states = metrics.gauge(
            "push_topics", help: "Topics by state: running, paused, stopped, open.", labels: ["state"])
        certificateDays = metrics.gauge(
            "push_certificate_days", help: "Days until the certificate of a topic ends.", labels: ["topic"])
        connected = metrics.gauge(
            "push_apns_clients", help: "Topics that this replica holds connections to APNs for.")
    }

    /// Measures until it is cancelled; a database that is away is met again at the next turn.
    func run(every interval: Duration) async throws {
        var known: Set<PassTypeIdentifier> = []
        while true {
            do {
                known = try await measure(at: .now(), known)
            } catch let error as PostgresError where error != .cancelled {
                logger.warning("The queue can't be measured.", ["error": "\(error)"])
            }
            try await Task.sleep(for: interval)
        }
    }

    /// Takes a reading of every topic; those that are gone are no longer told of.
    func measure(at now: Instant, _ known: Set<PassTypeIdentifier>) async throws -> Set<PassTypeIdentifier> {
        var after = ""
        var found: Set<PassTypeIdentifier> = []
        var counts: [TopicState: Int] = [:]
        while true {
            let records = try await topics.topics(after: after, limit: Self.page)
            let queues = records.isEmpty ? [:] : try await topics.queues(of: records)
            for record in records {
                found.insert(record.passTypeIdentifier)
                counts[record.state, default: 0] += 1
                set(record, queues[record.number] ?? TopicQueue(), at: now)
            }
            guard records.count == Self.page, let last = records.last else { break }
            after = last.passTypeIdentifier.rawValue
        }
        for state in TopicState.allCases { states.set(Double(counts[state] ?? 0), state.rawValue) }
        for gone in known.subtracting(found) {
            for gauge in [queued, oldest, inFlight, certificateDays] { gauge.remove(gone.rawValue) }
        }
        connected.set(Double(await clients.count))
        return found
    }

    private func set(_ record: TopicRecord, _ queue: TopicQueue, at now: Instant) {
        let topic = record.passTypeIdentifier.rawValue
        queued.set(Double(queue.waiting), topic)
        oldest.set(queue.oldestQueuedAt.map { max(0, now.seconds(since: $0)) } ?? 0, topic)
        inFlight.set(Double(queue.inFlight), topic)
        if let end = record.certificateNotAfter {
            certificateDays.set(Double(CertificateExpiry.days(until: end, at: now)), topic)
        } else {
            certificateDays.remove(topic)
        }
    }
}
