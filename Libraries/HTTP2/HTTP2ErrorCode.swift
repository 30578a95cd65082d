/// Why a stream or a connection was ended, as said on the wire (RFC 9113 §7).
public struct HTTP2ErrorCode: RawRepresentable, Hashable, Sendable {
    /// The code.
    public let rawValue: UInt32

    /// Takes any code.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Nothing is wrong.
    public static let noError = HTTP2ErrorCode(rawValue: 0x0)
    /// The other side broke the protocol.
    public static let protocolError = HTTP2ErrorCode(rawValue: 0x1)
    /// The side that says it failed.
    public static let internalError = HTTP2ErrorCode(rawValue: 0x2)
    /// The other side sent more than it was allowed.
    public static let flowControlError = HTTP2ErrorCode(rawValue: 0x3)
    /// The other side did not confirm the settings.
    public static let settingsTimeout = HTTP2ErrorCode(rawValue: 0x4)
    /// A frame came for a stream that was closed.
    public static let streamClosed = HTTP2ErrorCode(rawValue: 0x5)
    /// A frame has a wrong size.
    public static let frameSizeError = HTTP2ErrorCode(rawValue: 0x6)
    /// The request was not processed.
    public static let refusedStream = HTTP2ErrorCode(rawValue: 0x7)
    /// The request is no longer wanted.
    public static let cancel = HTTP2ErrorCode(rawValue: 0x8)
    /// The header fields cannot be decompressed.
    public static let compressionError = HTTP2ErrorCode(rawValue: 0x9)
    /// The tunnel's connection failed.
    public static let connectError = HTTP2ErrorCode(rawValue: 0xA)
    /// The other side does too much.
    public static let enhanceYourCalm = HTTP2ErrorCode(rawValue: 0xB)
    /// TLS is not as HTTP/2 wants it.
    public static let inadequateSecurity = HTTP2ErrorCode(rawValue: 0xC)
    /// HTTP/1.1 is wanted.
    public static let http11Required = HTTP2ErrorCode(rawValue: 0xD)
}

extension HTTP2ErrorCode: CustomStringConvertible {
    /// The name that the specification gives it, or its number.
    public var description: String {
        let names = [
            "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED",
            "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM",
            "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
        ]
        return rawValue < UInt32(names.count) ? names[Int(rawValue)] : "error \(rawValue)"
    }
}
