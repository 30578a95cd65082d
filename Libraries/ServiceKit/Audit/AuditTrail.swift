import HTTPServer
import HTTPTypes
import Postgres

/// Writes down what administrators do: an entry before each action, and its outcome after it.
///
/// What can't be written down is not done. An entry without an outcome is an action that began and whose process ended.
public struct AuditTrail: Sendable {
    /// Who asks.
    public typealias Actor = @Sendable (HTTPRequestHead) -> String

    /// Where the log is read.
    public static let path: PathTemplate = "/admin/v1/audit-log"

    private let store: AuditStore
    private let retention: Duration
    private let logger: Logger
    private let actor: Actor

    private static let portion = 2_000
    private static let rest = Duration.seconds(600)

    /// The trail of a service.
    public init(store: AuditStore, retention: Duration, logger: Logger, actor: @escaping Actor) {
        self.store = store
        self.retention = retention
        self.logger = logger
        self.actor = actor
    }

    /// The trail of a service whose callers are known by their tokens.
    public init(
        of service: (some Service).Type, _ runtime: ServiceRuntime, retention: Duration, tokens: AccessTokens
    ) {
        self.init(of: service, runtime, retention: retention, actor: { tokens.actor(of: $0.headers) })
    }

    /// The trail of a service, in its own schema.
    public init(
        of service: (some Service).Type, _ runtime: ServiceRuntime, retention: Duration, actor: @escaping Actor
    ) {
        self.init(
            store: AuditStore(database: runtime.database, schema: service.schema), retention: retention,
            logger: runtime.logger, actor: actor)
    }

    /// Watches every route below `/admin/` that may change something, and adds the one that answers the log.
    public func add(to routes: inout Routes, readableBy readers: Set<AccessScope>) {
        let watch = RouteWatch(
            around: { request, handler in try await record(request, handler) },
            refused: { head, status in await record(head, refusedWith: status) })
        routes.watch(watch) { method, template in
            method != .get && method != .head && template.segments.first == .literal("admin")
        }
        routes.on(.get, Self.path, scopes: readers) { request in
            let filter = try AuditFilter(request.query)
            return try .json(try await Self.translated { () throws(PostgresError) in try await page(filter) })
        }
    }

    /// Forgets what is older than it need be, now and then until it is cancelled.
    public func run() async throws {
        while true {
            do {
                try await sweep(at: .now())
            } catch {
                try Task.checkCancellation()
                logger.warning("Old entries of the audit log were not deleted.", ["error": "\(error)"])
            }
            try await Task.sleep(for: Self.rest)
        }
    }

    /// Forgets what is too old at an instant.
    public func sweep(at now: Instant) async throws {
        let oldest = now.adding(seconds: -Int(retention.components.seconds))
        while try await store.forget(before: oldest, limit: Self.portion) == Self.portion {}
    }

    private func page(_ filter: AuditFilter) async throws(PostgresError) -> AuditPage {
        let found = try await store.entries(filter)
        let shown = found.prefix(filter.limit)
        return AuditPage(
            items: shown.map(\.entry),
            nextCursor: found.count > filter.limit ? shown.last?.position.cursor : nil)
    }

    private static func translated<Value: Sendable>(
        _ body: () async throws(PostgresError) -> Value
    ) async throws -> Value {
        do throws(PostgresError) {
            return try await body()
        } catch {
            guard let problem = Problem(database: error) else { throw error }
            throw problem
        }
    }

    private func record(_ request: HTTPRequest, _ handler: RouteWatch.Handler) async throws -> HTTPResponse {
        let entry = AuditEntry(request.head, actor: actor(request.head))
        let position = try await Self.translated { () throws(PostgresError) in try await store.begin(entry) }
        do {
            let response = try await handler(request)
            await end(position, response.status.rawValue)
            return response
        } catch {
            await end(position, (error as? Problem)?.status ?? HTTPStatus.internalServerError.rawValue)
            throw error
        }
    }

    /// A client that went away cancels the request's task, and what its action came to is written all the same.
    private func end(_ position: Int64, _ status: Int) async {
        await Task {
            do {
                try await store.end(position, status: status)
            } catch {
                logger.warning(
                    "The audit log lacks an outcome.",
                    ["entry": "\(position)", "status": "\(status)", "error": "\(error)"])
            }
        }.value
    }

    private func record(_ head: HTTPRequestHead, refusedWith status: HTTPStatus) async {
        do {
            _ = try await store.begin(AuditEntry(head, actor: actor(head), status: status.rawValue))
        } catch {
            logger.with(requestID: head.requestID).warning(
                "The audit log lacks a refusal.", ["route": head.route, "error": "\(error)"])
        }
    }
}
