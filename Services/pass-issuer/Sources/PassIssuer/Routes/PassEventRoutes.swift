import Contracts
import HTTPServer
import HTTPTypes
import JSON

/// `/rpc/v1/pass-events`: what other services saw happen to passes (internal).
struct PassEventRoutes: Sendable {
    let webhooks: WebhookStore

    func add(to routes: inout Routes) {
        routes.serve(PassIssuerEndpoints.passEvents) { _, body in
            guard body.events.count <= PassEventNoticesRequest.maximumCount else {
                throw Problem.fault(
                    "One call tells \(PassEventNoticesRequest.maximumCount) events at most.",
                    at: .root.appending("events"))
            }
            try await translated { try await webhooks.enqueue(body.events) }
            return NoBody()
        }
    }
}
