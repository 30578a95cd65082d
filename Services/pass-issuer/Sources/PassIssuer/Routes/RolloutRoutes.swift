import Contracts
import HTTPServer
import HTTPTypes

/// `/admin/v1/rollouts`: the way of changes to installed passes (internal).
struct RolloutRoutes: Sendable {
    let administration: RolloutAdministration
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        routes.serve(PassIssuerEndpoints.getRollout) { request, _ in
            try await answer(request) { try await administration.rollout($0) }
        }
        routes.serve(PassIssuerEndpoints.pauseRollout) { request, _ in
            try await answer(request) { try await administration.pause($0, at: clock()) }
        }
        routes.serve(PassIssuerEndpoints.resumeRollout) { request, _ in
            try await answer(request) { try await administration.resume($0, at: clock()) }
        }
        routes.serve(PassIssuerEndpoints.rateRollout) { request, body in
            let rate = try Self.rate(body)
            return try await answer(request) { try await administration.setRate(rate, of: $0, at: clock()) }
        }
        routes.serve(PassIssuerEndpoints.listRollouts) { request, _ in
            let page = try PageRequest(request)
            let before = try page.numberBefore()
            return try await translated {
                let now = clock()
                let found = try await administration.rollouts(before: before, limit: page.limit + 1)
                return page.page(of: found, key: { "\($0.rollout.number)" }) { Contracts.Rollout($0, at: now) }
            }
        }
    }

    private func answer(
        _ request: HTTPRequest, _ body: (RolloutID) async throws -> RolloutAdministration.Shown
    ) async throws -> Contracts.Rollout {
        guard let id = RolloutID(rawValue: request.parameters["id"] ?? "") else {
            throw Problem(.notFound, "There is no such rollout.")
        }
        return try await translated { Contracts.Rollout(try await body(id), at: clock()) }
    }

    private static func rate(_ body: RolloutRate) throws(Problem) -> Int? {
        switch body.perSecond {
        case .null: return nil
        case .value(let rate) where (1...1_000_000).contains(rate): return rate
        case .absent, .value:
            throw .fault(
                "Give a number from 1 to 1000000, or null for what the service allows. To stop, use `pause`.",
                at: .root.appending("perSecond"))
        }
    }
}
