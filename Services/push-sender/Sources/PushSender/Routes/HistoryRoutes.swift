import Contracts
import HTTPServer
import HTTPTypes

/// Where pass-issuer asks what became of pushes, and device-registry has them forgotten.
struct HistoryRoutes: Sendable {
    /// How many steps an answer holds.
    private static let maximumEvents = 1_000

    let store: HistoryStore
    let erasures: TokenErasureStore

    /// Adds the calls.
    func add(to routes: inout Routes) {
        routes.serve(PushSenderEndpoints.tokenEvents) { request, _ in
            let token: PushToken = try request.parameter("token")
            let passType = try request.query.first("passTypeIdentifier").map { text throws(Problem) in
                guard let passType = PassTypeIdentifier(rawValue: text) else {
                    throw .query("passTypeIdentifier", PassTypeIdentifier.rule)
                }
                return passType
            }
            return try await translatingErrors {
                let pushes = try await store.pushes(to: token, passType: passType)
                return PassEventsAnswer(events: PushHistory.events(of: pushes, limit: Self.maximumEvents))
            }
        }
        routes.serve(PushSenderEndpoints.tokenErasures) { _, body in
            guard body.pushTokens.count <= PushTokenErasuresRequest.maximumCount else {
                throw Problem.fault(
                    "There are more than \(PushTokenErasuresRequest.maximumCount) push tokens.", at: "/pushTokens")
            }
            return try await translatingErrors {
                PushTokenErasuresAnswer(removed: try await erasures.forget(body.pushTokens, before: body.before))
            }
        }
        routes.serve(PushSenderEndpoints.statistics) { request, _ in
            let days = try DayRange(request.query)
            return try await translatingErrors {
                StatisticsAnswer(days: try await store.days(from: days.from, to: days.to))
            }
        }
    }
}
