import Contracts
import HTTPClient
import HTTPServer

/// The device registry, as this service calls it.
struct DeviceRegistryClient: Sendable {
    let rpc: RPCClient
    /// For questions that somebody waits for, and that may stay open.
    let impatient: RPCClient

    init(client: HTTPClient, baseURL: String, token: String) {
        rpc = RPCClient(client: client, baseURL: baseURL, token: token)
        impatient = RPCClient(client: client, baseURL: baseURL, token: token, deadline: .seconds(1))
    }

    /// Says that phones must fetch these passes; a repeat of the same update changes nothing.
    func tell(_ notice: PassesChanged, updateID: UpdateID) async throws {
        _ = try await rpc.call(
            DeviceRegistryEndpoints.passUpdates,
            body: PassUpdatesRequest(
                updateId: updateID, passTypeIdentifier: notice.passTypeIdentifier,
                serialNumbers: notice.serialNumbers))
    }

    /// On how many devices passes of one type are, in their order; nil when the registry can't be asked.
    func installations(
        of passes: [SerialNumber], passType: PassTypeIdentifier, on behalf: HTTPRequest
    ) async -> [Int]? {
        guard !passes.isEmpty else { return [] }
        let request = InstallationsRequest(passTypeIdentifier: passType, serialNumbers: passes)
        // An administrator sees the pass all the same; the number is left open.
        let answer = try? await impatient.call(
            DeviceRegistryEndpoints.installations, body: request, requestID: behalf.requestID,
            traceparent: behalf.traceparent)
        return answer.flatMap { $0.installations.count == passes.count ? $0.installations : nil }
    }
}
