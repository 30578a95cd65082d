import Contracts
import HTTPServer
import HTTPTypes

/// `/rpc/v1/objects`, `/rpc/v1/statistics`: passes (internal).
struct ObjectRoutes: Sendable {
    let issuing: ObjectIssuing
    let events: EventStore
    let erasing: ObjectErasing

    private static let maximumEvents = 1_000

    func add(to routes: inout Routes) {
        routes.serve(GoogleBridgeEndpoints.putObject) { request, body in
            let serialNumber: SerialNumber = try request.parameter("serialNumber")
            return try await translated { try await issuing.issue(serialNumber, body) }
        }
        routes.serve(GoogleBridgeEndpoints.putObjects) { _, body in
            try Self.check(body)
            return try await translated { try await issuing.issue(body) }
        }
        routes.serve(GoogleBridgeEndpoints.patchObjects) { _, body in
            guard body.objects.count <= GoogleObjectUpdatesRequest.maximumCount else {
                let detail = "There are more than \(GoogleObjectUpdatesRequest.maximumCount) passes."
                throw Problem(
                    .unprocessableContent, detail, errors: [ProblemError(pointer: "/objects", detail: detail)])
            }
            return try await translated { try await issuing.writing.apply(body.objects) }
        }
        routes.serve(GoogleBridgeEndpoints.erasures) { request, body in
            let maximum = GoogleErasuresRequest.maximumCount
            guard body.serialNumbers.count <= maximum, body.objects.count <= maximum else {
                let detail = "There are more than \(maximum) passes."
                throw Problem(
                    .unprocessableContent, detail, errors: [ProblemError(pointer: "/serialNumbers", detail: detail)])
            }
            return try await translated { try await erasing.erase(body) }
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

    /// A link has a few passes, each once, and one signature.
    private static func check(_ request: GoogleObjectsRequest) throws(Problem) {
        let objects = request.objects
        let fault: String? =
            if !(1...GoogleObjectsRequest.maximumCount ~= objects.count) {
                "Expected 1 to \(GoogleObjectsRequest.maximumCount) passes."
            } else if Set(objects.map(\.serialNumber)).count < objects.count {
                "One pass stands there twice."
            } else if Set(objects.map(\.object.walletConfigurationId)).count > 1 {
                "The passes have different wallet configurations, and a link is signed for one."
            } else {
                nil
            }
        guard let fault else { return }
        throw Problem(.unprocessableContent, fault, errors: [ProblemError(pointer: "/objects", detail: fault)])
    }
}
