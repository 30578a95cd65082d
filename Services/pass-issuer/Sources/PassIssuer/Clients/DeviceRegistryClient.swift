import Contracts
import HTTPClient

/// The device registry, as this service calls it.
struct DeviceRegistryClient: Sendable {
    let rpc: RPCClient

    /// Says that phones must fetch these passes; a repeat of the same update changes nothing.
    func tell(_ notice: PassesChanged, updateID: UpdateID) async throws {
        _ = try await rpc.call(
            DeviceRegistryEndpoints.passUpdates,
            body: PassUpdatesRequest(
                updateId: updateID, passTypeIdentifier: notice.passTypeIdentifier,
                serialNumbers: notice.serialNumbers))
    }
}
