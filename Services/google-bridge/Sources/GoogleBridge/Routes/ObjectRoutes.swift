import Contracts
import HTTPServer
import HTTPTypes

/// `/rpc/v1/objects`, `/rpc/v1/statistics`: passes (internal).
struct ObjectRoutes: Sendable {
    let issuing: ObjectIssuing
    let events: EventStore

    private static let maximumEvents = 1_000

    func add(to routes: inout Routes) {
        routes.serve(GoogleBridgeEndpoints.putObject) { request, body in
            let serialNumber: SerialNumber = try request.parameter("serialNumber")
            return try await translated { try await issuing.issue(serialNumber, body) }
        }
        routes.serve(GoogleBridgeEndpoints.patchObjects) { _, body in
            guard body.objects.count <= GoogleObjectUpdatesRequest.maximumCount else {
                let detail = "There are more than \(GoogleObjectUpdatesRequest.maximumCount) passes."
                throw Problem(
                    .unprocessableContent, detail, errors: [ProblemError(pointer: "/objects", detail: detail)])
            }
            return try await translated { try await issuing.writing.apply(body) }
        }
        routes.serve(GoogleBridgeEndpoints.objectEvents) { request, _ in
            let serialNumber: SerialNumber = try request.parameter("serialNumber")
            return try await translated {
                let newest = try await issuing.writing.objects.events(of: serialNumber, limit: Self.maximumEvents)
                return PassEventsAnswer(events: newest.reversed())
            }
        }
        routes.serve(GoogleBridgeEndpoints.statistics) { request, _ in
            let range = try DayRange(request.query)
            return try await translated { StatisticsAnswer(days: try await events.days(range)) }
        }
    }
}
