import Contracts
import HTTPServer
import HTTPTypes

/// What the other services and the admin ask of the registry.
struct InternalRoutes: Sendable {
    let updates: PassUpdateStore
    let registrations: RegistrationStore
    let counts: RegistrationMetrics
    let devices: DeviceStore
    let logs: DeviceLogStore
    let events: PassEventStore
    let activity: ActivityStore
    let erasing: Erasing

    /// How many devices an answer about one pass names.
    private static let maximumDevices = 100

    /// Adds the calls.
    func add(to routes: inout Routes) {
        routes.serve(DeviceRegistryEndpoints.passUpdates) { _, body in
            try await translatingErrors { try await apply(body) }
        }
        routes.serve(DeviceRegistryEndpoints.installations) { _, body in
            try await translatingErrors { try await count(body) }
        }
        routes.serve(DeviceRegistryEndpoints.erasures) { _, body in
            let maximum = RegistryErasuresRequest.maximumCount
            guard body.passes.count <= maximum else {
                let detail = "There are more than \(maximum) passes."
                throw Problem(.unprocessableContent, detail, errors: [ProblemError(pointer: "/passes", detail: detail)])
            }
            return try await translatingErrors { try await erasing.erase(body.passes, at: .now()) }
        }
        routes.serve(DeviceRegistryEndpoints.rejections) { _, body in
            try await translatingErrors { try await remove(body) }
        }
        routes.serve(DeviceRegistryEndpoints.passEvents) { request, _ in
            let pass = PassReference(
                passTypeIdentifier: try request.parameter("passTypeIdentifier"),
                serialNumber: try request.parameter("serialNumber"))
            return try await translatingErrors { try await timeline(of: pass) }
        }
        routes.serve(DeviceRegistryEndpoints.statistics) { request, _ in
            let range = try DayRange(request.query)
            return try await translatingErrors { StatisticsAnswer(days: try await activity.days(range)) }
        }
        routes.serve(DeviceRegistryEndpoints.getDevice) { request, _ in
            let identifier: DeviceLibraryIdentifier = try request.parameter("deviceLibraryIdentifier")
            return try await translatingErrors {
                guard let device = try await devices.device(identifier) else {
                    throw Problem(.notFound, "No device of this identifier has a registration.")
                }
                return device
            }
        }
        routes.serve(DeviceRegistryEndpoints.listDeviceLogs) { request, _ in
            let page = try PageRequest(request.query)
            let filter = try Self.filter(request.query)
            return try await translatingErrors { try await list(page, filter) }
        }
    }

    private func apply(_ update: PassUpdatesRequest) async throws -> PassUpdatesAnswer {
        try Self.limit(update.serialNumbers, to: PassUpdatesRequest.maximumCount)
        return try await updates.apply(update)
    }

    private func remove(_ request: RejectionsRequest) async throws -> RejectionsAnswer {
        let removed = try await devices.remove(request.rejections)
        counts.countRejected(removed)
        return RejectionsAnswer(removed: removed)
    }

    private func timeline(of pass: PassReference) async throws -> RegistryEventsAnswer {
        let recorded = try await events.events(of: pass, limit: PassTimeline.maximumCount)
        let filter = DeviceLogFilter(
            passTypeIdentifier: pass.passTypeIdentifier, serialNumber: pass.serialNumber)
        let lines = try await logs.items(matching: filter, before: nil, limit: PassTimeline.maximumCount)
        return RegistryEventsAnswer(
            events: PassTimeline.events(recorded, logs: lines.map(\.item)),
            devices: try await devices.devices(with: pass, limit: Self.maximumDevices))
    }

    private func count(_ request: InstallationsRequest) async throws -> InstallationsAnswer {
        try Self.limit(request.serialNumbers, to: InstallationsRequest.maximumCount)
        return InstallationsAnswer(
            installations: try await registrations.installations(
                of: request.serialNumbers, passTypeIdentifier: request.passTypeIdentifier))
    }

    private static func limit(_ serialNumbers: [SerialNumber], to maximum: Int) throws(Problem) {
        guard serialNumbers.count > maximum else { return }
        let detail = "There are more than \(maximum) serial numbers."
        throw Problem(.unprocessableContent, detail, errors: [ProblemError(pointer: "/serialNumbers", detail: detail)])
    }

    private func list(_ page: PageRequest, _ filter: DeviceLogFilter) async throws -> Page<DeviceLogItem> {
        // One more than wanted tells whether there is a next part.
        let found = try await logs.items(matching: filter, before: page.position, limit: page.limit + 1)
        let items = found.prefix(page.limit)
        let hasMore = found.count > page.limit
        return Page(items: items.map(\.item), nextCursor: hasMore ? items.last.map { String($0.position) } : nil)
    }

    private static func filter(_ query: QueryItems) throws(Problem) -> DeviceLogFilter {
        var filter = DeviceLogFilter()
        if let text = query.first("passTypeIdentifier") {
            guard let type = PassTypeIdentifier(rawValue: text) else {
                throw .query("passTypeIdentifier", PassTypeIdentifier.rule)
            }
            filter.passTypeIdentifier = type
        }
        if let text = query.first("serialNumber") {
            guard let serialNumber = SerialNumber(rawValue: text) else {
                throw .query("serialNumber", SerialNumber.rule)
            }
            filter.serialNumber = serialNumber
        }
        if let text = query.first("kind") {
            guard let kind = DeviceLogKind(rawValue: text) else {
                throw .query("kind", "one of \(DeviceLogKind.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            filter.kind = kind
        }
        return filter
    }
}
