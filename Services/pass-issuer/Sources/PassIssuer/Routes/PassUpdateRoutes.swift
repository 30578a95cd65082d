import Contracts
import HTTPServer
import HTTPTypes

/// `POST /admin/v1/pass-updates`: mass updates of passes, a line each (internal).
struct PassUpdateRoutes: Sendable {
    let intake: PassUpdateIntake

    func add(to routes: inout Routes) {
        routes.on(
            .post, PassIssuerPaths.passUpdates, scopes: [.admin], body: .streamed(limit: nil),
            check: { (head) throws(Problem) in
                guard let text = head.headers["Content-Type"] else { return }
                guard MediaType(text)?.description == "application/x-ndjson" else {
                    throw Problem(.unsupportedMediaType, "Send application/x-ndjson, one update a line.")
                }
            },
            { request in
                let rollout = try await translated { try await receive(request) }
                return try .json(RolloutReference(rolloutId: rollout), status: .accepted)
            })
    }

    private func receive(_ request: HTTPRequest) async throws -> RolloutID {
        do {
            return try await intake.receive(request.bodyStream)
        } catch is PassUpdateIntake.GivenUp {
            throw Problem(.serviceUnavailable, "The update came too slowly and was given up. Send it again.")
                .retryAfter(seconds: 1)
        }
    }
}
