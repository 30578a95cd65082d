import Cryptography
import HTTPClient
import HTTPTypes
import Tracing

/// Sends spans to a collector in batches, beside everything else and with a client of its own.
///
/// While the collector takes none the newest batch is kept and tried again; meanwhile the queue fills, and then drops.
actor SpanExporter {
    private enum Answer {
        case taken(refused: Int)
        case refused(String)
        /// Nothing came of it now; to be tried after so many seconds when the collector says so.
        case later(String, seconds: Int?)
    }

    /// How many spans one call carries.
    static let batch = 512
    /// How long it waits for more spans.
    static let gathering = Duration.milliseconds(500)
    /// How long the collector gets for an answer.
    static let deadline = Duration.seconds(10)
    /// The longest pause between two attempts.
    static let longestPause = Duration.seconds(30)

    /// Begins the traces that are sent.
    nonisolated let tracer: Tracer
    private let client: HTTPClient
    private let url: String
    private let headers: HTTPHeaders
    private let traces: OTLPTraces
    private let queue: SpanQueue
    private let instruments: SpanInstruments
    private let logger: Logger
    /// Taken from the queue and not by the collector.
    private var pending: [Span] = []
    private(set) var failures = 0

    init(settings: TracingSettings, service: String, instruments: SpanInstruments, logger: Logger) {
        let queue = SpanQueue(instruments: instruments)
        tracer = Tracer(ratio: settings.ratio) { queue.append($0) }
        client = HTTPClient(
            configuration: HTTPClientConfiguration(
                caFile: settings.certificateFile, userAgent: "\(service)/\(ServiceVersion.current)"))
        url = settings.endpoint + "/v1/traces"
        var headers: HTTPHeaders = [:]
        for (name, value) in settings.headers.value { headers[name] = value }
        headers["Content-Type"] = "application/json"
        self.headers = headers
        traces = OTLPTraces(
            service: service, version: ServiceVersion.current, instance: Hex.encode(SecureRandom.bytes(16)))
        self.queue = queue
        self.instruments = instruments
        self.logger = logger
    }

    /// Sends what comes, until it is cancelled.
    func run() async {
        var pause = Self.gathering
        while (try? await Task.sleep(for: pause)) != nil {
            pause = Self.gathering
            while pause == Self.gathering, !Task.isCancelled, let next = await send(within: Self.deadline) {
                pause = next
            }
        }
    }

    /// Sends what is left, for so long at most; what the collector does not take is dropped.
    func finish(within time: Duration) async {
        let end = ContinuousClock.now + time
        while ContinuousClock.now < end, await send(within: ContinuousClock.now.duration(to: end)) == Self.gathering {}
        instruments.count(pending.count + queue.take(atMost: SpanQueue.capacity).count, .dropped)
        pending = []
        client.shutdown()
    }

    /// Sends a batch; returns how long to wait before the next one, nil when there is none.
    private func send(within deadline: Duration) async -> Duration? {
        if pending.isEmpty { pending = queue.take(atMost: Self.batch) }
        guard !pending.isEmpty else { return nil }
        switch await call(pending, within: deadline) {
        case .taken(let refused):
            instruments.count(pending.count - refused, .exported)
            instruments.count(refused, .refused)
            succeeded()
        case .refused(let reason):
            instruments.count(pending.count, .refused)
            if !Task.isCancelled { failed(reason) }
        case .later(let reason, let seconds):
            if !Task.isCancelled { failed(reason) }
            let doubled = Duration.seconds(1 << min(max(failures - 1, 0), 5))
            return min(seconds.map { max(Duration.seconds($0), .seconds(1)) } ?? doubled, Self.longestPause)
        }
        pending = []
        return Self.gathering
    }

    private func call(_ spans: [Span], within deadline: Duration) async -> Answer {
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try await client.send(
                HTTPClientRequest(
                    method: .post, url: url, headers: headers, body: traces.body(spans), deadline: deadline,
                    maximumResponseBytes: 64 << 10))
        } catch {
            return .later(error.description, seconds: nil)
        }
        let status = response.status.rawValue
        // The OTLP specification's list of what may be sent again.
        switch status {
        case 200..<300: return .taken(refused: min(max(OTLPTraces.refused(in: response.body), 0), spans.count))
        case 429, 502, 503, 504:
            let seconds = response.headers["Retry-After"].flatMap { RetryAfter.seconds($0, at: .now()) }
            return .later("it answered \(status)", seconds: seconds)
        default: return .refused("it answered \(status)")
        }
    }

    /// Told once, not with each attempt.
    private func failed(_ reason: String) {
        failures += 1
        if failures == 1 { logger.warning("The collector takes no traces.", ["error": reason]) }
    }

    private func succeeded() {
        if failures > 0 { logger.info("The collector takes traces again.") }
        failures = 0
    }
}
