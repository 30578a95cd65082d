import Bytes
import HTTPServer
import HTTPTypes
import JSON
import Postgres

/// What every internal listener answers without a token.
struct HealthRoutes: Sendable {
    /// Their templates.
    static let paths: Set<String> = ["/healthz", "/readyz", "/metrics", "/openapi.json"]
    /// A probe's own limit is a few seconds.
    private static let patience = Duration.seconds(2)

    let readiness: Readiness
    let database: PostgresPool
    let metrics: Metrics
    let openAPIDocument: [UInt8]

    /// Adds them.
    func add(to routes: inout Routes) {
        routes.on(.get, "/healthz") { _ in try Self.uncached(.json(["status": "up"])) }
        routes.on(.get, "/readyz") { _ in
            if let reason = await obstacle() { throw Problem(.serviceUnavailable, reason).retryAfter(seconds: 1) }
            return try Self.uncached(.json(["status": "ready"]))
        }
        routes.on(.get, "/metrics") { _ in
            Self.uncached(
                HTTPResponse(
                    headers: ["Content-Type": MetricsText.contentType], body: .bytes(Array(metrics.text().utf8))))
        }
        let document = SharedBytes(openAPIDocument)
        routes.on(.get, "/openapi.json") { _ in
            HTTPResponse(headers: ["Content-Type": "application/json"], body: .shared(document))
        }
    }

    /// The part that fails, in words; nil when the process is ready.
    private func obstacle() async -> String? {
        switch readiness.state {
        case .stopping: return "The service is stopping."
        case .migrating(let reason): return "The migrations are not applied: \(reason ?? "they have just begun")."
        case .ready: return await isReachable() ? nil : "The database cannot be reached."
        }
    }

    private func isReachable() async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await database.isReachable() }
            group.addTask {
                // Cancelled when the answer was first, which is as well an end.
                try? await Task.sleep(for: Self.patience)
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
    }

    private static func uncached(_ response: HTTPResponse) -> HTTPResponse {
        var response = response
        response.headers["Cache-Control"] = "no-store"
        return response
    }
}
