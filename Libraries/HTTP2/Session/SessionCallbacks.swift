import CNGHTTP2

/// Has nghttp2 call the methods of the session that is its user data.
func setSessionCallbacks(_ callbacks: OpaquePointer?) {
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, onBeginHeaders)
    nghttp2_session_callbacks_set_on_header_callback(callbacks, onHeader)
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, onDataChunk)
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, onFrameReceived)
    nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks, onInvalidFrame)
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, onFrameSent)
    nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks, onFrameNotSent)
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, onStreamClosed)
}

private func session(_ context: UnsafeMutableRawPointer?) -> Session? {
    context.map { Unmanaged<Session>.fromOpaque($0).takeUnretainedValue() }
}

private func onBeginHeaders(
    _: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    if let frame { session(context)?.didBeginHeaders(frame.pointee.hd.stream_id) }
    return 0
}

private func onHeader(
    _: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ name: UnsafePointer<UInt8>?, _ nameCount: Int,
    _ value: UnsafePointer<UInt8>?, _ valueCount: Int, _ flags: UInt8, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let frame, let session = session(context) else { return NGHTTP2_ERR_CALLBACK_FAILURE.rawValue }
    let isTaken = session.didReceiveField(
        frame.pointee.hd.stream_id, UnsafeBufferPointer(start: name, count: nameCount),
        UnsafeBufferPointer(start: value, count: valueCount))
    return isTaken ? 0 : NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue
}

private func onDataChunk(
    _: OpaquePointer?, _ flags: UInt8, _ id: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int32 {
    session(context)?.didReceiveData(id, UnsafeBufferPointer(start: bytes, count: count))
    return 0
}

private func onFrameReceived(
    _: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let frame, let session = session(context) else { return 0 }
    let head = frame.pointee.hd
    switch nghttp2_frame_type(UInt32(head.type)) {
    case NGHTTP2_HEADERS, NGHTTP2_DATA:
        session.didReceiveMessagePart(
            head.stream_id, isLast: head.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0)
    case NGHTTP2_SETTINGS:
        if head.flags & UInt8(NGHTTP2_FLAG_ACK.rawValue) == 0 { session.didReceiveSettings() }
    case NGHTTP2_GOAWAY:
        let goAway = frame.pointee.goaway
        let data = UnsafeBufferPointer(start: goAway.opaque_data, count: goAway.opaque_data_len)
        session.didReceiveGoAway(
            HTTP2GoAway(
                lastStreamID: Int(goAway.last_stream_id), code: HTTP2ErrorCode(rawValue: goAway.error_code),
                debugData: Array(data)))
    default: break
    }
    return 0
}

private func onInvalidFrame(
    _: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ code: Int32, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    if let frame { session(context)?.didReceiveInvalidMessage(frame.pointee.hd.stream_id) }
    return 0
}

private func onFrameSent(
    _: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    if let frame, UInt32(frame.pointee.hd.type) == NGHTTP2_HEADERS.rawValue {
        session(context)?.didSendHeaders(frame.pointee.hd.stream_id)
    }
    return 0
}

private func onFrameNotSent(
    _: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ code: Int32, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    if let frame, UInt32(frame.pointee.hd.type) == NGHTTP2_HEADERS.rawValue {
        session(context)?.couldNotSendHeaders(frame.pointee.hd.stream_id)
    }
    return 0
}

private func onStreamClosed(
    _: OpaquePointer?, _ id: Int32, _ code: UInt32, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    session(context)?.didCloseStream(id, HTTP2ErrorCode(rawValue: code))
    return 0
}

/// Has nghttp2 fetch a body piece by piece, as flow control allows.
func readBody(
    _: OpaquePointer?, _ id: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ length: Int,
    _ flags: UnsafeMutablePointer<UInt32>?, _ source: UnsafeMutablePointer<nghttp2_data_source>?,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let session = session(context), let flags else {
        return Int(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue)
    }
    let part = session.nextBodyPart(id, into: UnsafeMutableRawBufferPointer(start: buffer, count: length))
    if part.isLast { flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue }
    return part.count
}
