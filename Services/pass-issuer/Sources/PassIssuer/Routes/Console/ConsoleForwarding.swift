import Contracts
import HTTPClient
import HTTPServer
import HTTPTypes
import ServiceKit

/// `/console/<service>/admin/v1/…`: what other services own, asked with the caller's own admin token (internal).
///
/// pass-issuer holds no right of its own there, and what is not listed here is not passed on.
struct ConsoleForwarding: Sendable {
    let access: ConsoleAccess
    let client: HTTPClient
    /// Where the services' internal listeners are.
    let baseURLs: [OutboxDestination: String]

    private static let calls: [(OutboxDestination, HTTPMethod, PathTemplate, PathTemplate)] = [
        (.deviceRegistry, .get, "/console/device-registry/admin/v1/device-logs", "/admin/v1/device-logs"),
        (.deviceRegistry, .get, "/console/device-registry/admin/v1/audit-log", AuditTrail.path),
        (.pushSender, .get, "/console/push-sender/admin/v1/audit-log", AuditTrail.path),
        (.pushSender, .get, "/console/push-sender/admin/v1/topics", "/admin/v1/topics"),
        (
            .pushSender, .post, "/console/push-sender/admin/v1/topics/{passTypeIdentifier}/pause",
            "/admin/v1/topics/{passTypeIdentifier}/pause"
        ),
        (
            .pushSender, .post, "/console/push-sender/admin/v1/topics/{passTypeIdentifier}/resume",
            "/admin/v1/topics/{passTypeIdentifier}/resume"
        ),
        (.googleBridge, .get, "/console/google-bridge/admin/v1/audit-log", AuditTrail.path),
        (.googleBridge, .get, "/console/google-bridge/admin/v1/classes", "/admin/v1/classes"),
        (
            .googleBridge, .get, "/console/google-bridge/admin/v1/classes/{campaignId}/drift",
            "/admin/v1/classes/{campaignId}/drift"
        ),
        (
            .googleBridge, .post, "/console/google-bridge/admin/v1/classes/{campaignId}/sync",
            "/admin/v1/classes/{campaignId}/sync"
        ),
        (.googleBridge, .get, "/console/google-bridge/admin/v1/operations", "/admin/v1/operations"),
        (
            .googleBridge, .post, "/console/google-bridge/admin/v1/operations/{id}/retry",
            "/admin/v1/operations/{id}/retry"
        ),
    ]

    func add(to routes: inout Routes) {
        for (service, method, path, target) in Self.calls {
            routes.on(method, path, scopes: [.admin]) { request in
                try await forward(request, to: service, target)
            }
        }
    }

    private func forward(
        _ request: HTTPRequest, to service: OutboxDestination, _ target: PathTemplate
    ) async throws -> HTTPResponse {
        guard let token = access.token(of: request), let baseURL = baseURLs[service] else {
            throw Problem(.unauthorized, "This needs a bearer token.")
        }
        let caller = RPCClient(client: client, baseURL: baseURL, token: token)
        var headers: HTTPHeaders = ["Accept": "application/json", "X-Request-Id": request.requestID]
        if request.headers["Authorization"] == nil {
            headers[AccessTokens.consoleSession] = access.session(in: request.head)?.name
        }
        var parameters: [String: String] = [:]
        for name in target.parameterNames { parameters[name] = request.parameters[name] }
        do throws(RPCError) {
            let answer = try await caller.send(
                request.method == .head ? .get : request.method, target, parameters: parameters,
                query: request.query.items.map { ($0.name, $0.value) }, headers: headers)
            return HTTPResponse(
                answer.status, headers: ["Content-Type": answer.headers["Content-Type"] ?? "application/json"],
                body: .bytes(answer.body))
        } catch {
            throw Self.problem(error, of: service)
        }
    }

    private static func problem(_ error: RPCError, of service: OutboxDestination) -> Problem {
        switch error {
        case .problem(let problem): problem
        case .unreachable, .malformedResponse, .invalidCall:
            Problem(.serviceUnavailable, "\(service.rawValue) can't be asked now. Try again later.")
                .retryAfter(seconds: 5)
        }
    }
}
