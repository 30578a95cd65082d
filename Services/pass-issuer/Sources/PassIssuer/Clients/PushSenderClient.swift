import Contracts
import HTTPClient
import HTTPServer

/// push-sender, as this service calls it.
struct PushSenderClient: Sendable {
    let rpc: RPCClient
    /// For questions that somebody waits for, and that may stay open.
    let impatient: RPCClient

    init(client: HTTPClient, baseURL: String, token: String) {
        rpc = RPCClient(client: client, baseURL: baseURL, token: token)
        impatient = RPCClient(client: client, baseURL: baseURL, token: token, deadline: .seconds(3))
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

    /// What became of the pushes to a token; nil when push-sender can't be asked.
    func events(
        of token: PushToken, passType: PassTypeIdentifier, on behalf: HTTPRequest
    ) async -> [PassEvent]? {
        // An administrator sees the other steps all the same, and that these are missing.
        try? await impatient.call(
            PushSenderEndpoints.tokenEvents, parameters: ["token": token.rawValue],
            query: [("passTypeIdentifier", passType.rawValue)], requestID: behalf.requestID
        ).events
    }

    /// What push-sender counted by day; nil when it can't be asked.
    func statistics(of days: DayRange, on behalf: HTTPRequest) async -> [ActivityDay]? {
        // An operator sees the other figures all the same, and that these are missing.
        try? await impatient.call(
            PushSenderEndpoints.statistics, query: [("from", days.from), ("to", days.to)],
            requestID: behalf.requestID
        ).days
    }
}
