import Contracts
import HTTPServer
import HTTPTypes

/// `/admin/v1/passes/{serialNumber}/timeline` and `/admin/v1/overview`: what all services saw (internal).
struct TimelineRoutes: Sendable {
    let timeline: TimelineReading
    let overview: OverviewReading
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        routes.serve(PassIssuerEndpoints.getTimeline) { request, _ in
            let serialNumber: SerialNumber = try request.identifier("serialNumber")
            return try await translated { try await timeline.timeline(of: serialNumber, on: request) }
        }
        routes.serve(PassIssuerEndpoints.getOverview) { request, _ in
            let now = clock()
            let days = try DayRange(request.query, now: now)
            return try await translated { try await overview.overview(of: days, on: request, at: now) }
        }
    }
}
