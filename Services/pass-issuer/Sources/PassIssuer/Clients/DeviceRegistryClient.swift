import Contracts
import HTTPClient
import HTTPServer

/// The device registry, as this service calls it.
struct DeviceRegistryClient: Sendable {
    let rpc: RPCClient
    /// For questions that somebody waits for, and that may stay open.
    let impatient: RPCClient
    /// For questions that are the point of a request, and may stay open too.
    let patient: RPCClient

    init(client: HTTPClient, baseURL: String, token: String) {
        rpc = RPCClient(client: client, baseURL: baseURL, token: token)
        impatient = RPCClient(client: client, baseURL: baseURL, token: token, deadline: .seconds(1))
        patient = RPCClient(client: client, baseURL: baseURL, token: token, deadline: .seconds(3))
    }

    /// Says that phones must fetch these passes; a repeat of the same update changes nothing.
    func tell(_ notice: PassesChanged, updateID: UpdateID) async throws {
        _ = try await rpc.call(
            DeviceRegistryEndpoints.passUpdates,
            body: PassUpdatesRequest(
                updateId: updateID, passTypeIdentifier: notice.passTypeIdentifier,
                serialNumbers: notice.serialNumbers, revives: notice.revives, version: notice.version))
    }

    /// Has erased passes forgotten; what is left of them.
    func erase(_ passes: [ErasedPass]) async throws(RPCError) -> RegistryErasuresAnswer {
        try await rpc.call(DeviceRegistryEndpoints.erasures, body: RegistryErasuresRequest(passes: passes))
    }

    /// On how many devices passes of one type are, in their order; nil when the registry can't be asked.
    func installations(
        of passes: [SerialNumber], passType: PassTypeIdentifier, on behalf: HTTPRequest
    ) async -> [Int]? {
        guard !passes.isEmpty else { return [] }
        let request = InstallationsRequest(passTypeIdentifier: passType, serialNumbers: passes)
        // An administrator sees the pass all the same; the number is left open.
        let answer = try? await impatient.call(
            DeviceRegistryEndpoints.installations, body: request, requestID: behalf.requestID)
        return answer.flatMap { $0.installations.count == passes.count ? $0.installations : nil }
    }

    /// What the registry saw of a pass, and the devices it is on; nil when it can't be asked.
    func events(
        of serialNumber: SerialNumber, passType: PassTypeIdentifier, on behalf: HTTPRequest
    ) async -> RegistryEventsAnswer? {
        // An administrator sees the other steps all the same, and that these are missing.
        try? await patient.call(
            DeviceRegistryEndpoints.passEvents,
            parameters: ["passTypeIdentifier": passType.rawValue, "serialNumber": serialNumber.rawValue],
            requestID: behalf.requestID)
    }

    /// What the registry counted by day; nil when it can't be asked.
    func statistics(of days: DayRange, on behalf: HTTPRequest) async -> [ActivityDay]? {
        // An operator sees the other figures all the same, and that these are missing.
        try? await patient.call(
            DeviceRegistryEndpoints.statistics, query: [("from", days.from), ("to", days.to)],
            requestID: behalf.requestID
        ).days
    }
}
