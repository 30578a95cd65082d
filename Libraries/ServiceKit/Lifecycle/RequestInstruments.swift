import HTTPServer
import HTTPTypes

/// Counts requests; a route is its template, so that there are only so many of them.
struct RequestInstruments: Sendable {
    private static let methods: Set<HTTPMethod> = [.get, .head, .post, .put, .patch, .delete, .options]

    private let requests: Counter
    private let durations: Histogram

    init(metrics: Metrics) {
        requests = metrics.counter(
            "http_requests_total", help: "Requests answered.", labels: ["listener", "method", "route", "status"])
        durations = metrics.histogram(
            "http_request_duration_seconds", help: "From a request's header to the end of its answer.",
            labels: ["listener", "method", "route"])
    }

    func count(_ record: AccessRecord, listener: String) {
        let method = Self.methods.contains(record.method) ? record.method.rawValue : "other"
        requests.increment(listener, method, record.route, String(record.status.rawValue))
        durations.observe(record.duration, listener, method, record.route)
    }

    func watch(_ servers: [(name: String, server: HTTPServer)], _ metrics: Metrics) {
        let running = metrics.gauge("http_requests_running", help: "Requests at work.", labels: ["listener"])
        let connections = metrics.gauge("http_connections", help: "Open connections.", labels: ["listener"])
        metrics.onRead {
            for (name, server) in servers {
                running.set(Double(server.runningRequests), name)
                connections.set(Double(server.openConnections), name)
            }
        }
    }
}
