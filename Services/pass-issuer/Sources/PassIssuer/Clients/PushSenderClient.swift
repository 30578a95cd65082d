import Contracts
import HTTPClient

/// push-sender, as this service calls it.
struct PushSenderClient: Sendable {
    let rpc: RPCClient

    init(client: HTTPClient, baseURL: String, token: String) {
        rpc = RPCClient(client: client, baseURL: baseURL, token: token)
    }

    /// Says what APNs is reached with for a pass type.
    func putCredentials(_ credentials: PushCredentials, of passType: PassTypeIdentifier, revision: Int) async throws {
        _ = try await rpc.call(
            PushSenderEndpoints.putCredentials, parameters: ["passTypeIdentifier": passType.rawValue],
            query: [("revision", "\(revision)")], body: credentials)
    }

    /// Takes away what APNs was reached with for a pass type; that there was nothing is as good.
    func deleteCredentials(of passType: PassTypeIdentifier, revision: Int) async throws {
        do throws(RPCError) {
            _ = try await rpc.call(
                PushSenderEndpoints.deleteCredentials, parameters: ["passTypeIdentifier": passType.rawValue],
                query: [("revision", "\(revision)")])
        } catch {
            guard case .problem(let problem) = error, problem.status == 404 else { throw error }
        }
    }

    /// Has push-sender shake hands with APNs under the credentials that it holds.
    func checks(of passType: PassTypeIdentifier) async throws(RPCError) -> [ConfigurationCheck] {
        try await rpc.call(
            PushSenderEndpoints.checkCredentials, parameters: ["passTypeIdentifier": passType.rawValue]
        ).checks
    }
}
