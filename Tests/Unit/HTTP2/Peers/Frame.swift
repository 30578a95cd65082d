/// HTTP/2 frames written by hand, as RFC 9113 §4 and §6 lay them out.
struct Frame: Equatable {
    var type: UInt8
    var flags: UInt8 = 0
    var stream: UInt32 = 0
    var payload: [UInt8] = []

    static let data: UInt8 = 0
    static let headers: UInt8 = 1
    static let reset: UInt8 = 3
    static let settings: UInt8 = 4
    static let ping: UInt8 = 6
    static let goAway: UInt8 = 7
    static let windowUpdate: UInt8 = 8
    static let endStream: UInt8 = 0x1
    static let acknowledgement: UInt8 = 0x1
    static let endHeaders: UInt8 = 0x4

    /// SETTINGS with some parameters.
    static func settings(_ parameters: [(UInt16, UInt32)] = []) -> Frame {
        Frame(type: settings, payload: parameters.flatMap { number16($0.0) + number32($0.1) })
    }

    /// SETTINGS with SETTINGS_MAX_CONCURRENT_STREAMS.
    static func settings(maximumStreams count: UInt32) -> Frame { settings([(3, count)]) }

    static func headers(_ stream: UInt32, _ block: [UInt8], isLast: Bool = false) -> Frame {
        Frame(type: headers, flags: endHeaders | (isLast ? endStream : 0), stream: stream, payload: block)
    }

    static func data(_ stream: UInt32, _ bytes: [UInt8], isLast: Bool = true) -> Frame {
        Frame(type: data, flags: isLast ? endStream : 0, stream: stream, payload: bytes)
    }

    static func reset(_ stream: UInt32, _ code: UInt32) -> Frame {
        Frame(type: reset, stream: stream, payload: number32(code))
    }

    static func goAway(last: UInt32, code: UInt32 = 0, _ debugData: String = "") -> Frame {
        Frame(type: goAway, payload: number32(last) + number32(code) + Array(debugData.utf8))
    }

    static func windowUpdate(_ stream: UInt32, _ increment: UInt32) -> Frame {
        Frame(type: windowUpdate, stream: stream, payload: number32(increment))
    }

    /// The static table's `:status: 200` (RFC 7541, Appendix A).
    static let status200: [UInt8] = [0x88]

    /// A literal field without indexing (RFC 7541 §6.2.2), in texts of less than 127 bytes.
    static func field(_ name: String, _ value: String) -> [UInt8] {
        [0x00, UInt8(name.utf8.count)] + Array(name.utf8) + [UInt8(value.utf8.count)] + Array(value.utf8)
    }

    /// The frame as it travels.
    var bytes: [UInt8] {
        Array(Self.number32(UInt32(payload.count)).dropFirst()) + [type, flags] + Self.number32(stream) + payload
    }

    /// Takes frames apart.
    static func parse(_ bytes: [UInt8]) -> [Frame] {
        var rest = bytes[...]
        var frames: [Frame] = []
        while rest.count >= 9 {
            let head = Array(rest.prefix(9))
            let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
            let stream = head[5...8].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            let payload = Array(rest.dropFirst(9).prefix(length))
            frames.append(Frame(type: head[3], flags: head[4], stream: stream, payload: payload))
            rest = rest.dropFirst(9 + length)
        }
        return frames
    }

    private static func number16(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

    private static func number32(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) }
    }
}
