import CNGHTTP2

/// The server's side of a connection.
final class ServerSession: Session {
    private final class Stream {
        var request = RequestBuilder()
        /// Whether the whole request has come.
        var isWhole = false
        var body: [UInt8] = []
        var sentBodyBytes = 0
        var isAnswered = false
    }

    private var configuration: HTTP2ServerConfiguration
    private var streams = StreamTable<Stream>()
    private var fields = FieldBlock()
    private var events: [ServerEvent] = []
    private var isAnnounced = false
    /// Streams above it are refused.
    private var lastAccepted = Session.lastPossibleStreamID

    init(configuration: HTTP2ServerConfiguration) throws(HTTP2Error) {
        self.configuration = configuration
        try super.init(Options(isServer: true, resetAllowance: configuration.resetAllowance))
    }

    /// Announces the settings, the first frame of a server.
    override func didOpen(_ transport: Transport) {
        isAnnounced = true
        let isKnown = transport.peerCertificate != nil
        let maximum = isKnown ? nil : configuration.maximumConcurrentStreamsWithoutCertificate
        submitSettings([
            (
                NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS,
                UInt32(clamping: maximum ?? configuration.maximumConcurrentStreams)
            ),
            (NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, UInt32(clamping: configuration.maximumRequestHeaderBytes)),
        ])
    }

    /// What happened since the last call.
    func takeEvents() -> [ServerEvent] {
        defer { events.removeAll(keepingCapacity: true) }
        return events
    }

    /// Streams that are open.
    var openStreams: Int { streams.count }

    func setMaximumConcurrentStreams(_ count: Int) {
        guard isAnnounced else {
            configuration.maximumConcurrentStreams = count
            return
        }
        submitSettings([(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, UInt32(clamping: count))])
    }

    /// Answers a stream, if that is open and was not answered yet.
    func respond(_ id: Int32, _ response: HTTP2Response) {
        guard let stream = streams.find(id), !stream.isAnswered else { return }
        stream.isAnswered = true
        stream.body = response.body
        fields.removeAll()
        fields.add(":status", String(response.status))
        for field in response.headers { fields.add(field.name.lowercased(), field.value) }
        _ = submitResponse(id, &fields, hasBody: !response.body.isEmpty)
    }

    /// Ends a stream, unless it was answered.
    func reset(_ id: Int32, _ code: HTTP2ErrorCode) {
        guard let stream = streams.find(id), !stream.isAnswered else { return }
        stream.isAnswered = true
        submitReset(id, code)
    }

    /// Refuses all streams above the last one, and every further one.
    func goAway(last: Int32?, _ code: HTTP2ErrorCode, debugData: [UInt8]) {
        lastAccepted = min(lastAccepted, last ?? lastProcessedStreamID)
        submitGoAway(last: lastAccepted, code, debugData: debugData)
        // They end with the frame, and an answer that comes for them goes nowhere.
        for (id, stream) in streams.inOrder where id > lastAccepted { stream.isAnswered = true }
    }

    /// Whether a request still waits for its answer.
    func isOpen(_ id: Int32) -> Bool {
        streams.find(id)?.isAnswered == false
    }

    // MARK: What comes

    override func didBeginHeaders(_ id: Int32) {
        if streams.find(id) == nil { streams.add(Stream(), as: id) }
    }

    override func didReceiveField(
        _ id: Int32, _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        streams.find(id)?.request.add(name, value, maximumBytes: configuration.maximumRequestHeaderBytes) ?? true
    }

    override func didReceiveData(_ id: Int32, _ bytes: UnsafeBufferPointer<UInt8>) {
        streams.find(id)?.request.append(bytes, maximumBytes: configuration.maximumRequestBytes)
    }

    override func didReceiveMessagePart(_ id: Int32, isLast: Bool) {
        guard let stream = streams.find(id) else { return }
        stream.request.endHead()
        guard isLast, !stream.isWhole else { return }
        stream.isWhole = true
        events.append(.request(id, stream.request))
    }

    override func didCloseStream(_ id: Int32, _ code: HTTP2ErrorCode) {
        guard let stream = streams.remove(id) else { return }
        if code != .noError, !stream.isAnswered { events.append(.reset(id, code)) }
    }

    // MARK: What goes

    override func nextBodyPart(_ id: Int32, into buffer: UnsafeMutableRawBufferPointer) -> (count: Int, isLast: Bool) {
        guard let stream = streams.find(id) else { return (0, true) }
        let rest = stream.body[stream.sentBodyBytes...]
        let count = min(rest.count, buffer.count)
        buffer.copyBytes(from: rest.prefix(count))
        stream.sentBodyBytes += count
        return (count, count == rest.count)
    }
}
