import Contracts
import HTTPClient

/// device-registry, as this service calls it.
struct DeviceRegistryClient: Sendable {
    private let rpc: RPCClient

    init(client: HTTPClient, baseURL: String, token: String) {
        rpc = RPCClient(client: client, baseURL: baseURL, token: token)
    }

    /// Says which tokens are dead; a repeat changes nothing.
    func tell(_ rejections: [PushTokenRejection]) async throws(RPCError) {
        _ = try await rpc.call(
            DeviceRegistryEndpoints.rejections, body: RejectionsRequest(rejections: rejections))
    }
}
