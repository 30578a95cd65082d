import HTTPTypes
import Tracing

/// One line on its way to the log.
struct LogLine: Sendable {
    /// Longer texts are cut: a log is no archive.
    private static let maximumScalars = 4_096
    private static let ownKeys = ["time", "level", "service", "message", "requestId", "traceId", "spanId"]

    let time: Instant
    let level: LogLevel
    let service: String
    let message: String
    let requestID: String?
    let trace: TraceContext?
    /// In the order in which they are written.
    let fields: [(key: String, value: String)]

    /// The line with its line break.
    func rendered(as format: LogFormat) -> [UInt8] {
        var bytes =
            switch format {
            case .json: json
            case .text: Array(plain.utf8)
            }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    /// Every request writes one: bytes are appended, no texts joined.
    private var json: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        func append(_ key: String, _ value: String) {
            bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
            LogEscaping.append(key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            LogEscaping.append(value, to: &bytes)
        }
        append("time", time.rfc3339Milliseconds)
        append("level", level.rawValue)
        append("service", service)
        append("message", Self.cut(message))
        if let requestID { append("requestId", requestID) }
        if let trace {
            append("traceId", "\(trace.traceID)")
            append("spanId", "\(trace.spanID)")
        }
        for (key, value) in fields { append(Self.name(key), Self.cut(value)) }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private var plain: String {
        var words = [time.rfc3339Milliseconds, level.rawValue.uppercased(), LogEscaping.escaped(Self.cut(message))]
        words += fields.map { "\(LogEscaping.escaped(Self.name($0.key)))=\(Self.word(Self.cut($0.value)))" }
        if let requestID { words.append("requestId=\(Self.word(requestID))") }
        if let trace { words.append("traceId=\(trace.traceID) spanId=\(trace.spanID)") }
        return words.joined(separator: " ")
    }

    /// The field's name beside the line's own.
    private static func name(_ key: String) -> String {
        ownKeys.contains(key) ? key + "_" : key
    }

    private static func word(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C && $0 != 0x3D }
        return isPlain ? text : LogEscaping.quoted(text)
    }

    private static func cut(_ text: String) -> String {
        // Every scalar has at least one byte.
        guard text.utf8.count > maximumScalars, text.unicodeScalars.count > maximumScalars else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(maximumScalars))) + "…"
    }
}
