import Foundation
import Glibc
import Support
import Testing
import Tracing

@testable import ServiceKit

@Suite("Logger")
struct LoggerTests {
    /// Log lines read back from a file.
    private static func lines(
        _ format: LogFormat, level: LogLevel = .debug, _ body: (Logger) -> Void
    ) throws -> [String] {
        let directory = try TestDirectory()
        let descriptor = open(directory.path("log"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        body(
            Logger(
                service: "tester", level: level, format: format, sink: LogSink(fileDescriptor: descriptor)))
        let text = String(decoding: try directory.bytes("log"), as: UTF8.self)
        #expect(text.isEmpty || text.hasSuffix("\n"))
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// The reading and the writing end of a stream that no child process inherits; writing does not block.
    private static func stream() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0)
        try #require(fcntl(ends[1], F_SETFL, fcntl(ends[1], F_GETFL) | O_NONBLOCK) == 0)
        return (ends[0], ends[1])
    }

    /// What one read gives.
    private static func read(_ descriptor: Int32) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return Array(buffer.prefix(max(0, count)))
    }

    private static func object(_ line: String) throws -> [String: String] {
        let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
        return try #require(value as? [String: String])
    }

    private static let hostile = [
        "line\nbreak", "return\r\nline", "\u{1B}[31mred", "nul\u{0}", "del\u{7F}", "\u{85}next", "\u{9B}31m",
        "\u{2028}separator\u{2029}", "right\u{202E}to left", "isolate\u{2066}", "tab\tback\u{8}", "\"quoted\" \\ {}",
        "{\"level\":\"error\"}", "key=value other=\"x\"", "plain", "", "grüße 🎟",
    ]

    @Test("writes one JSON object a line whatever the text is, and keeps the text", arguments: hostile)
    func json(_ text: String) throws {
        let lines = try Self.lines(.json) { $0.with(requestID: "r-1").info(text, ["field": text, text: "value"]) }
        try #require(lines.count == 1)
        let object = try Self.object(lines[0])
        #expect(object["message"] == text && object["field"] == text)
        #expect(object["level"] == "info" && object["service"] == "tester" && object["requestId"] == "r-1")
        #expect(!lines[0].unicodeScalars.contains { Self.isHostile($0) })
    }

    @Test("writes one line of text whatever the text is", arguments: hostile)
    func text(_ text: String) throws {
        let lines = try Self.lines(.text) { $0.warning(text, ["field": text, text: "value"]) }
        try #require(lines.count == 1)
        #expect(lines[0].contains(" WARNING "))
        #expect(!lines[0].unicodeScalars.contains { Self.isHostile($0) })
    }

    @Test("names the step of the trace that the task works at", arguments: LogFormat.allCases)
    func trace(_ format: LogFormat) throws {
        let context = try #require(TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        let lines = try Self.lines(format) { logger in
            ActiveSpan.$current.withValue(Tracer.off.span(continuing: context)) {
                logger.with(requestID: "r-1").info("In a trace.", ["traceId": "another"])
            }
            logger.info("In none.")
        }
        switch format {
        case .json:
            let object = try Self.object(lines[0])
            #expect(object["traceId"] == "4bf92f3577b34da6a3ce929d0e0e4736" && object["spanId"] == "00f067aa0ba902b7")
            #expect(object["requestId"] == "r-1" && object["traceId_"] == "another")
            #expect(try Self.object(lines[1])["traceId"] == nil)
        case .text:
            #expect(
                lines[0].hasSuffix(
                    " requestId=r-1 traceId=4bf92f3577b34da6a3ce929d0e0e4736 spanId=00f067aa0ba902b7"))
            #expect(!lines[1].contains("traceId"))
        }
    }

    @Test("lets no field stand in for the line's own")
    func ownKeys() throws {
        let lines = try Self.lines(.json) {
            $0.info("true", ["level": "forged", "message": "forged", "time": "forged", "requestId": "forged"])
        }
        let object = try Self.object(try #require(lines.first))
        #expect(object["message"] == "true" && object["level"] == "info" && object["requestId"] == nil)
        #expect(object["message_"] == "forged")
    }

    @Test("tells the time to the millisecond in UTC")
    func time() throws {
        let object = try Self.object(try #require(try Self.lines(.json) { $0.info("now") }.first))
        let time = try #require(object["time"])
        #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        #expect(abs(try style.parse(time).timeIntervalSinceNow) < 60)
    }

    @Test("leaves out what is below its level, unevaluated")
    func levels() throws {
        let lines = try Self.lines(.text, level: .warning) { logger in
            logger.info(Self.fail())
            logger.debug(Self.fail())
            logger.warning("kept")
            logger.error("kept too")
        }
        #expect(lines.count == 2)
    }

    @Test("cuts a text that is longer than a log is for")
    func long() throws {
        let line = try #require(try Self.lines(.json) { $0.info(String(repeating: "é", count: 1_000_000)) }.first)
        #expect(line.utf8.count < 20_000)
    }

    @Test("keeps lines whole when many threads write into a full, non-blocking stream")
    func nonBlocking() async throws {
        let (reading, writing) = try Self.stream()
        // Drops nothing because the reader got no processor for a while.
        let logger = Logger(service: "tester", sink: LogSink(fileDescriptor: writing, patience: 60_000))
        let filler = String(repeating: "x", count: 3_000)
        async let text = blocking {
            var bytes: [UInt8] = []
            while case let more = Self.read(reading), !more.isEmpty { bytes += more }
            return String(decoding: bytes, as: UTF8.self)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    try await blocking { for line in 0..<100 { logger.info("\(writer)/\(line)", ["filler": filler]) } }
                }
            }
            try await group.waitForAll()
        }
        close(writing)
        let lines = try await text.split(separator: "\n").map(String.init)
        close(reading)
        let messages = Set(try lines.compactMap { try Self.object($0)["message"] })
        #expect(lines.count == 400 && messages.count == 400)
    }

    @Test("drops lines that nobody reads, without waiting for each, and begins anew on a line of its own")
    func stuckReader() async throws {
        let (reading, writing) = try Self.stream()
        defer {
            close(reading)
            close(writing)
        }
        let logger = Logger(service: "tester", sink: LogSink(fileDescriptor: writing))
        let start = ContinuousClock.now
        // Far more than a stream holds, on a thread that may wait.
        let filler = String(repeating: "x", count: 3_000)
        try await blocking { for line in 0..<200 { logger.info("lost \(line)", ["filler": filler]) } }
        #expect(start.duration(to: .now) < .seconds(30))
        _ = fcntl(reading, F_SETFL, fcntl(reading, F_GETFL) | O_NONBLOCK)
        while !Self.read(reading).isEmpty {}
        logger.info("found")
        let last = String(decoding: Self.read(reading), as: UTF8.self).split(separator: "\n").last
        let object = try Self.object(String(try #require(last)))
        #expect(object["message"] == "found")
    }

    private static func fail() -> String {
        Issue.record("evaluated")
        return ""
    }

    private static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .lineSeparator
            || scalar.properties.generalCategory == .paragraphSeparator || (0x202A...0x202E).contains(scalar.value)
            || (0x2066...0x2069).contains(scalar.value)
    }
}
