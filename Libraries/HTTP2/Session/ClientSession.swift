import CNGHTTP2

/// The client's side of a connection.
final class ClientSession: Session {
    /// What a client's session is made with.
    struct Limits {
        var maximumHeaderBytes: Int
        var maximumBodyBytes: Int
        var maximumStreams: Int
    }

    private let authority: String
    private let unindexedHeaders: Set<String>
    private let limits: Limits
    private var streams = StreamTable<Exchange>()
    private var fields = FieldBlock()
    private var events: [ClientEvent] = []

    /// Whether the server's settings have come.
    private(set) var hasSettings = false
    /// What the server said last about its end.
    private(set) var goAway: HTTP2GoAway?
    private var isExhausted = false

    init(authority: String, unindexedHeaders: Set<String>, limits: Limits) throws(HTTP2Error) {
        self.authority = authority
        self.unindexedHeaders = unindexedHeaders
        self.limits = limits
        try super.init(Options())
        submitSettings([
            (NGHTTP2_SETTINGS_ENABLE_PUSH, 0),
            (NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, UInt32(clamping: limits.maximumHeaderBytes)),
        ])
    }

    /// What happened since the last call.
    func takeEvents() -> [ClientEvent] {
        defer { events.removeAll(keepingCapacity: true) }
        return events
    }

    // MARK: Streams

    /// Streams that are open, those that wait for the end of ours included.
    var openStreams: Int { streams.count }

    /// Streams at once that the server, and our own limit, allow; none before its settings.
    private(set) var maximumStreams = 0

    /// Streams that may start now.
    var freeStreams: Int { isEnding ? 0 : max(0, maximumStreams - streams.count) }

    /// Whether no further stream can start.
    var isEnding: Bool { goAway != nil || isExhausted }

    /// Starts a request; false when this connection has none to give any more.
    func start(_ exchange: Exchange) -> Bool {
        let request = exchange.request
        fields.removeAll()
        fields.add(":method", request.method)
        fields.add(":scheme", "https")
        fields.add(":authority", authority)
        fields.add(":path", request.path)
        for (name, value) in request.headers {
            fields.add(name, value, isIndexed: !unindexedHeaders.contains(name))
        }
        guard !isEnding, let id = submitRequest(&fields, hasBody: !request.body.isEmpty) else {
            isExhausted = true
            return false
        }
        exchange.streamID = id
        streams.add(exchange, as: id)
        return true
    }

    /// Ends a request's stream; no event tells of it.
    func cancel(_ exchange: Exchange) {
        guard streams.find(exchange.streamID) === exchange, exchange.ownEnd == nil else { return }
        exchange.ownEnd = .cancelled
        submitReset(exchange.streamID, .cancel)
    }

    /// The exchanges whose streams are open, in the order of their start.
    var exchanges: [Exchange] { streams.inOrder.map(\.stream) }

    // MARK: What comes

    override func didBeginHeaders(_ id: Int32) {
        streams.find(id)?.answer.beginHead()
    }

    override func didReceiveField(
        _ id: Int32, _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard let exchange = streams.find(id), exchange.ownEnd == nil else { return true }
        guard exchange.answer.add(name, value, maximumBytes: limits.maximumHeaderBytes) else {
            exchange.ownEnd = .tooLarge
            return false
        }
        return true
    }

    override func didReceiveData(_ id: Int32, _ bytes: UnsafeBufferPointer<UInt8>) {
        guard let exchange = streams.find(id), exchange.ownEnd == nil else { return }
        if !exchange.answer.append(bytes, maximumBytes: limits.maximumBodyBytes) {
            exchange.ownEnd = .tooLarge
            submitReset(id, .cancel)
        }
    }

    override func didReceiveMessagePart(_ id: Int32, isLast: Bool) {
        guard let exchange = streams.find(id) else { return }
        exchange.answer.endHead()
        guard isLast, exchange.ownEnd == nil else { return }
        exchange.isAnswered = true
        events.append(.answered(exchange, exchange.answer.response))
        // The server did not wait for the whole body, and will not miss the rest (RFC 9113 §8.1).
        if isOpenLocally(id) { submitReset(id, .cancel) }
    }

    override func didReceiveInvalidMessage(_ id: Int32) {
        guard let exchange = streams.find(id), !exchange.isAnswered, exchange.ownEnd == nil else { return }
        exchange.ownEnd = .malformed
    }

    override func didReceiveSettings() {
        hasSettings = true
        maximumStreams = min(announcedMaximumConcurrentStreams, limits.maximumStreams)
        events.append(.settings)
    }

    override func didReceiveGoAway(_ goAway: HTTP2GoAway) {
        self.goAway = goAway
        events.append(.goAway(goAway))
    }

    // MARK: What goes

    override func didSendHeaders(_ id: Int32) {
        streams.find(id)?.isSent = true
    }

    override func couldNotSendHeaders(_ id: Int32) {
        close(id, .refused)
    }

    override func didCloseStream(_ id: Int32, _ code: HTTP2ErrorCode) {
        close(id, code == .refusedStream ? .refused : .reset(code))
    }

    private func close(_ id: Int32, _ end: StreamEnd) {
        guard let exchange = streams.remove(id), !exchange.isAnswered else { return }
        let end = exchange.ownEnd ?? end
        if end != .cancelled { events.append(.ended(exchange, end)) }
    }

    override func nextBodyPart(_ id: Int32, into buffer: UnsafeMutableRawBufferPointer) -> (count: Int, isLast: Bool) {
        guard let exchange = streams.find(id) else { return (0, true) }
        let rest = exchange.request.body[exchange.sentBodyBytes...]
        let count = min(rest.count, buffer.count)
        buffer.copyBytes(from: rest.prefix(count))
        exchange.sentBodyBytes += count
        return (count, count == rest.count)
    }
}
