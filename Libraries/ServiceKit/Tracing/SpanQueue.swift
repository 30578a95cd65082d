import Synchronization
import Tracing

/// Spans that wait for the collector. What does not fit is dropped, so that nobody ever waits for it.
final class SpanQueue: Sendable {
    /// About four megabytes.
    static let capacity = 8_192

    private let spans = Mutex<[Span]>([])
    private let instruments: SpanInstruments

    init(instruments: SpanInstruments) {
        self.instruments = instruments
    }

    /// Adds a span, unless there are too many.
    func append(_ span: Span) {
        let fits = spans.withLock { spans in
            guard spans.count < Self.capacity else { return false }
            spans.append(span)
            return true
        }
        if !fits { instruments.count(1, .dropped) }
    }

    /// Takes the oldest.
    func take(atMost count: Int) -> [Span] {
        spans.withLock { spans in
            let taken = Array(spans.prefix(count))
            spans.removeFirst(taken.count)
            return taken
        }
    }
}
