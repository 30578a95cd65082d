import CNGHTTP2

/// One side of an HTTP/2 connection as a state machine: bytes in, bytes out, and no I/O.
///
/// Owns nghttp2's session; its callbacks are the methods that the two kinds of session override.
class Session {
    /// What a session is made with.
    struct Options {
        var isServer = false
        /// For servers: resets that a client may send at once, and how many a second it regains.
        var resetAllowance: HTTP2ResetAllowance?
    }

    /// The largest number that a stream can have.
    static let lastPossibleStreamID = Int32.max

    private var handle: OpaquePointer?

    init(_ options: Options) throws(HTTP2Error) {
        var callbacks: OpaquePointer?
        var option: OpaquePointer?
        guard nghttp2_session_callbacks_new(&callbacks) == 0, nghttp2_option_new(&option) == 0 else {
            throw .systemFailed(reason: "no memory for a session")
        }
        defer {
            nghttp2_session_callbacks_del(callbacks)
            nghttp2_option_del(option)
        }
        setSessionCallbacks(callbacks)
        // Priorities of RFC 7540 are gone, and streams are not kept for their sake.
        nghttp2_option_set_no_closed_streams(option, 1)
        // Until the server's settings have come; nobody starts a stream before that.
        nghttp2_option_set_peer_max_concurrent_streams(option, 1)
        if let allowance = options.resetAllowance {
            nghttp2_option_set_stream_reset_rate_limit(
                option, UInt64(allowance.burst), UInt64(allowance.perSecond))
        }
        let context = Unmanaged.passUnretained(self).toOpaque()
        let code =
            options.isServer
            ? nghttp2_session_server_new2(&handle, callbacks, context, option)
            : nghttp2_session_client_new2(&handle, callbacks, context, option)
        guard code == 0 else { throw .systemFailed(reason: "no memory for a session") }
    }

    deinit {
        nghttp2_session_del(handle)
    }

    // MARK: Bytes

    /// Takes what came; false when the connection cannot go on, after what is left to send.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let count = nghttp2_session_mem_recv(handle, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
        return count == bytes.count
    }

    /// Appends what is to be sent, up to about a number of bytes; false when the connection cannot go on.
    func produce(into output: inout [UInt8], limit: Int) -> Bool {
        while output.count < limit {
            var bytes: UnsafePointer<UInt8>?
            let count = nghttp2_session_mem_send(handle, &bytes)
            guard count >= 0 else { return false }
            guard count > 0, let bytes else { return true }
            output.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
        }
        return true
    }

    /// Whether the session has come to its end: nothing more will be sent, nothing more is expected.
    var isOver: Bool {
        nghttp2_session_want_read(handle) == 0 && nghttp2_session_want_write(handle) == 0
    }

    var wantsToSend: Bool { nghttp2_session_want_write(handle) != 0 }

    // MARK: Frames

    /// Starts a request; nil when there is no number left for its stream.
    func submitRequest(_ fields: inout FieldBlock, hasBody: Bool) -> Int32? {
        let handle = handle
        let id = fields.withFields { fields, count in
            guard hasBody else { return nghttp2_submit_request(handle, nil, fields, count, nil, nil) }
            var provider = nghttp2_data_provider(source: nghttp2_data_source(), read_callback: readBody)
            return nghttp2_submit_request(handle, nil, fields, count, &provider, nil)
        }
        return id > 0 ? id : nil
    }

    func submitResponse(_ id: Int32, _ fields: inout FieldBlock, hasBody: Bool) -> Bool {
        let handle = handle
        return fields.withFields { fields, count in
            guard hasBody else { return nghttp2_submit_response(handle, id, fields, count, nil) }
            var provider = nghttp2_data_provider(source: nghttp2_data_source(), read_callback: readBody)
            return nghttp2_submit_response(handle, id, fields, count, &provider)
        } == 0
    }

    func submitReset(_ id: Int32, _ code: HTTP2ErrorCode) {
        nghttp2_submit_rst_stream(handle, UInt8(NGHTTP2_FLAG_NONE.rawValue), id, code.rawValue)
    }

    func submitSettings(_ settings: [(id: nghttp2_settings_id, value: UInt32)]) {
        let entries = settings.map { nghttp2_settings_entry(settings_id: Int32($0.id.rawValue), value: $0.value) }
        nghttp2_submit_settings(handle, UInt8(NGHTTP2_FLAG_NONE.rawValue), entries, entries.count)
    }

    func submitPing() {
        nghttp2_submit_ping(handle, UInt8(NGHTTP2_FLAG_NONE.rawValue), nil)
    }

    /// Says the end: streams above the last one are not processed, the others may finish.
    func submitGoAway(last: Int32, _ code: HTTP2ErrorCode, debugData: [UInt8] = []) {
        nghttp2_submit_goaway(
            handle, UInt8(NGHTTP2_FLAG_NONE.rawValue), last, code.rawValue, debugData, debugData.count)
    }

    /// Says the end, after which nothing but that is sent.
    func terminate(_ code: HTTP2ErrorCode) {
        nghttp2_session_terminate_session(handle, code.rawValue)
    }

    // MARK: State

    /// The last stream of the other side that was handed to us.
    var lastProcessedStreamID: Int32 { nghttp2_session_get_last_proc_stream_id(handle) }

    /// Streams that the other side lets us have at once.
    var announcedMaximumConcurrentStreams: Int {
        Int(nghttp2_session_get_remote_settings(handle, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS))
    }

    /// Whether the other side has ended its half of a stream and we have not ended ours.
    func isOpenLocally(_ id: Int32) -> Bool {
        nghttp2_session_get_stream_local_close(handle, id) == 0
    }

    /// Jumps to a number for the next stream.
    func setNextStreamID(_ id: Int32) {
        nghttp2_session_set_next_stream_id(handle, id)
    }

    // MARK: What comes (overridden)

    /// The connection that carries the session is there.
    func didOpen(_ transport: Transport) {}

    func didBeginHeaders(_ id: Int32) {}

    /// False resets the stream.
    func didReceiveField(_ id: Int32, _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
        true
    }

    func didReceiveData(_ id: Int32, _ bytes: UnsafeBufferPointer<UInt8>) {}

    func didReceiveMessagePart(_ id: Int32, isLast: Bool) {}

    func didReceiveInvalidMessage(_ id: Int32) {}

    func didReceiveSettings() {}

    func didReceiveGoAway(_ goAway: HTTP2GoAway) {}

    func didSendHeaders(_ id: Int32) {}

    func couldNotSendHeaders(_ id: Int32) {}

    func didCloseStream(_ id: Int32, _ code: HTTP2ErrorCode) {}

    /// Fills the buffer with the next part of a message's body; how much, and whether it was the last.
    func nextBodyPart(_ id: Int32, into buffer: UnsafeMutableRawBufferPointer) -> (count: Int, isLast: Bool) {
        (0, true)
    }
}
