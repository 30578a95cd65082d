import HTTPServer
import HTTPTypes
import Tracing

/// Requests as steps of traces, by OpenTelemetry's conventions for HTTP servers; the path is left out, since links and tokens
/// stand in paths, and so is the client's address.
enum ServerSteps {
    private static let methods: Set<HTTPMethod> = [.get, .head, .post, .put, .patch, .delete, .options]

    static func tell(_ record: AccessRecord, listener: String) {
        guard let trace = record.trace, trace.isRecorded, !HealthRoutes.paths.contains(record.route) else { return }
        let isKnown = methods.contains(record.method)
        let method = isKnown ? record.method.rawValue : "HTTP"
        let status = record.status.rawValue
        var attributes: [SpanAttribute] = [
            .text("http.request.method", isKnown ? method : "_OTHER"), .number("http.response.status_code", status),
            .text("url.scheme", "http"), .text("wallet.listener", listener),
            .text("wallet.request_id", record.requestID),
        ]
        // A request without a route is not told of, but for its method.
        let hasRoute = record.route != "-"
        if hasRoute { attributes.append(.text("http.route", record.route)) }
        trace.end(
            hasRoute ? "\(method) \(record.route)" : method, .server, took: record.duration, attributes,
            failure: status >= 500 ? SpanFailure(type: String(status)) : nil)
    }
}
