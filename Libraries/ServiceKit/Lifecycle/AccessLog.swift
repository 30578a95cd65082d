import HTTPServer
import HTTPTypes

/// One line for each request. It names the route and never the path: links and tokens stand in paths.
enum AccessLog {
    static func write(_ record: AccessRecord, listener: String, to logger: Logger) {
        let isRoutine = HealthRoutes.paths.contains(record.route) && record.status.isSuccess
        logger.with(requestID: record.requestID, trace: record.trace?.context).log(
            isRoutine ? .debug : .info, "Request.",
            sorted: [
                ("client", record.clientAddress), ("complete", record.isComplete ? "true" : "false"),
                ("listener", listener), ("method", record.method.rawValue),
                ("milliseconds", milliseconds(record.duration)), ("requestBytes", String(record.requestBytes)),
                ("responseBytes", String(record.responseBytes)), ("route", record.route),
                ("status", String(record.status.rawValue)),
            ])
    }

    static func write(_ error: any Error, of head: HTTPRequestHead, to logger: Logger) {
        logger.with(requestID: head.requestID).error(
            "A route failed.", ["method": head.method.rawValue, "route": head.route, "error": "\(error)"])
    }

    private static func milliseconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let tenths = seconds * 10_000 + (attoseconds + 50_000_000_000_000) / 100_000_000_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
