import Foundation
import ServiceKit
import Testing

@Suite("Logger")
struct LoggerTests {
    /// Log lines read back from a pipe.
    private static func lines(
        _ format: LogFormat, level: LogLevel = .debug, _ body: (Logger) -> Void
    ) -> [String] {
        let pipe = Pipe()
        body(
            Logger(
                service: "tester", level: level, format: format,
                sink: LogSink(fileDescriptor: pipe.fileHandleForWriting.fileDescriptor)))
        try? pipe.fileHandleForWriting.close()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(text.isEmpty || text.hasSuffix("\n"))
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
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
        let lines = Self.lines(.json) { $0.with(requestID: "r-1").info(text, ["field": text, text: "value"]) }
        try #require(lines.count == 1)
        let object = try Self.object(lines[0])
        #expect(object["message"] == text && object["field"] == text)
        #expect(object["level"] == "info" && object["service"] == "tester" && object["requestId"] == "r-1")
        #expect(!lines[0].unicodeScalars.contains { Self.isHostile($0) })
    }

    @Test("writes one line of text whatever the text is", arguments: hostile)
    func text(_ text: String) throws {
        let lines = Self.lines(.text) { $0.warning(text, ["field": text, text: "value"]) }
        try #require(lines.count == 1)
        #expect(lines[0].contains(" WARNING "))
        #expect(!lines[0].unicodeScalars.contains { Self.isHostile($0) })
    }

    @Test("lets no field stand in for the line's own")
    func ownKeys() throws {
        let lines = Self.lines(.json) {
            $0.info("true", ["level": "forged", "message": "forged", "time": "forged", "requestId": "forged"])
        }
        let object = try Self.object(try #require(lines.first))
        #expect(object["message"] == "true" && object["level"] == "info" && object["requestId"] == nil)
        #expect(object["message_"] == "forged")
    }

    @Test("tells the time to the millisecond in UTC")
    func time() throws {
        let object = try Self.object(try #require(Self.lines(.json) { $0.info("now") }.first))
        let time = try #require(object["time"])
        #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        #expect(abs(try style.parse(time).timeIntervalSinceNow) < 60)
    }

    @Test("leaves out what is below its level, unevaluated")
    func levels() {
        let lines = Self.lines(.text, level: .warning) { logger in
            logger.info(Self.fail())
            logger.debug(Self.fail())
            logger.warning("kept")
            logger.error("kept too")
        }
        #expect(lines.count == 2)
    }

    @Test("cuts a text that is longer than a log is for")
    func long() throws {
        let line = try #require(Self.lines(.json) { $0.info(String(repeating: "é", count: 1_000_000)) }.first)
        #expect(line.utf8.count < 20_000)
    }

    @Test("keeps lines whole when many threads write into a full, non-blocking pipe")
    func nonBlocking() async throws {
        let pipe = Pipe()
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        #expect(fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0)
        let logger = Logger(service: "tester", sink: LogSink(fileDescriptor: descriptor))
        let filler = String(repeating: "x", count: 3_000)
        async let text = blocking { pipe.fileHandleForReading.readDataToEndOfFile() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    try await blocking { for line in 0..<100 { logger.info("\(writer)/\(line)", ["filler": filler]) } }
                }
            }
            try await group.waitForAll()
        }
        try pipe.fileHandleForWriting.close()
        let lines = String(decoding: try await text, as: UTF8.self).split(separator: "\n").map(String.init)
        let messages = Set(try lines.compactMap { try Self.object($0)["message"] })
        #expect(lines.count == 400 && messages.count == 400)
    }

    @Test("drops lines that nobody reads, without waiting for each, and begins anew on a line of its own")
    func stuckReader() throws {
        let pipe = Pipe()
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        #expect(fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0)
        let logger = Logger(service: "tester", sink: LogSink(fileDescriptor: descriptor))
        let start = ContinuousClock.now
        // Far more than a pipe holds.
        for line in 0..<100 { logger.info("lost \(line)", ["filler": String(repeating: "x", count: 3_000)]) }
        #expect(start.duration(to: .now) < .seconds(20))
        // One read takes all that the pipe holds.
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        #expect(read(pipe.fileHandleForReading.fileDescriptor, &buffer, buffer.count) > 0)
        logger.info("found")
        let last = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
        #expect(last.split(separator: "\n").last?.contains("\"message\":\"found\"") == true)
        #expect(try last.split(separator: "\n").last.map { try Self.object(String($0)) } != nil)
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
