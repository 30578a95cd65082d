import HTTPTypes
import Tracing

/// Writes log lines. Whoever calls it answers for what stands in them: no secrets, no tokens, no personal data.
public struct Logger: Sendable {
    /// The least level that is written.
    public let level: LogLevel
    /// How lines are written.
    public let format: LogFormat
    /// The request that the lines belong to.
    public var requestID: String?
    /// The step of a trace that the lines belong to; nil when it is the present task's.
    var trace: TraceContext?

    private let service: String
    private let sink: LogSink

    /// Makes a logger.
    public init(
        service: String, level: LogLevel = .info, format: LogFormat = .json, sink: LogSink = .standardOutput
    ) {
        self.service = service
        self.level = level
        self.format = format
        self.sink = sink
    }

    /// The same logger for the lines of one request.
    public func with(requestID: String) -> Logger {
        var logger = self
        logger.requestID = requestID
        return logger
    }

    /// The same logger for a request that is over, and was a step of a trace.
    func with(requestID: String, trace: TraceContext?) -> Logger {
        var logger = with(requestID: requestID)
        logger.trace = trace
        return logger
    }

    /// Writes a line for whoever looks for a fault.
    public func debug(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: String] = [:]) {
        log(.debug, message(), fields())
    }

    /// Writes a line about what the service does.
    public func info(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: String] = [:]) {
        log(.info, message(), fields())
    }

    /// Writes a line about something that failed and that the service lives with.
    public func warning(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: String] = [:]) {
        log(.warning, message(), fields())
    }

    /// Writes a line about something that failed and that somebody should look at.
    public func error(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: String] = [:]) {
        log(.error, message(), fields())
    }

    /// Writes a line of a level.
    public func log(
        _ level: LogLevel, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: String] = [:]
    ) {
        guard level >= self.level else { return }
        write(level, message(), fields().sorted { $0.key < $1.key })
    }

    /// Writes a line of a level whose fields come in the order of their names: for lines that every request writes.
    func log(_ level: LogLevel, _ message: String, sorted fields: @autoclosure () -> [(key: String, value: String)]) {
        guard level >= self.level else { return }
        write(level, message, fields())
    }

    private func write(_ level: LogLevel, _ message: String, _ fields: [(key: String, value: String)]) {
        let line = LogLine(
            time: .now(), level: level, service: service, message: message, requestID: requestID,
            trace: trace ?? ActiveSpan.current?.context, fields: fields)
        sink.write(line.rendered(as: format))
    }
}
