import Contracts
import HTTPClient
import HTTPServer
import HTTPTypes

/// google-bridge, as this service calls it.
struct GoogleBridgeClient: Sendable {
    /// For deliveries that nobody waits for.
    ///
    /// Shorter than a message's lease in the outbox, so that no two are under way.
    let rpc: RPCClient
    /// For a person who waits for a link: google-bridge itself waits three seconds at most for Google.
    let waiting: RPCClient
    /// For an admin who waits for a class: google-bridge itself waits five seconds at most.
    let patient: RPCClient
    /// For questions that may stay open.
    let impatient: RPCClient

    init(client: HTTPClient, baseURL: String, token: String) {
        func caller(_ deadline: Duration) -> RPCClient {
            RPCClient(client: client, baseURL: baseURL, token: token, deadline: deadline)
        }
        rpc = caller(.seconds(12))
        waiting = caller(.seconds(5))
        patient = caller(.seconds(7))
        impatient = caller(.seconds(2))
    }

    /// Stores the credentials of a wallet configuration there.
    func putIssuer(_ id: WalletConfigurationID, _ request: GoogleIssuerRequest) async throws(RPCError) {
        _ = try await rpc.call(
            GoogleBridgeEndpoints.putIssuer, parameters: ["walletConfigurationId": id.rawValue], body: request)
    }

    /// Removes the credentials of a wallet configuration there.
    func deleteIssuer(_ id: WalletConfigurationID) async throws(RPCError) {
        do throws(RPCError) {
            _ = try await rpc.call(
                GoogleBridgeEndpoints.deleteIssuer, parameters: ["walletConfigurationId": id.rawValue])
        } catch {
            // Gone already is as good.
            guard error.status == .notFound else { throw error }
        }
    }

    /// Creates or changes a campaign's class and waits a while for Google.
    func putClass(
        _ id: CampaignID, _ request: GoogleClassRequest, on behalf: HTTPRequest? = nil
    ) async throws(RPCError) -> GoogleClassAnswer {
        try await patient.call(
            GoogleBridgeEndpoints.putClass, parameters: ["campaignId": id.rawValue], body: request,
            requestID: behalf?.requestID)
    }

    /// How far a campaign's class is.
    func classStatus(of id: CampaignID) async throws(RPCError) -> GoogleClassAnswer {
        try await impatient.call(GoogleBridgeEndpoints.getClass, parameters: ["campaignId": id.rawValue])
    }

    /// Writes a pass's object while somebody waits, and answers the link that saves it.
    func putObject(
        _ serialNumber: SerialNumber, _ request: GoogleObjectRequest, on behalf: HTTPRequest
    ) async throws(RPCError) -> GoogleObjectAnswer {
        try await waiting.call(
            GoogleBridgeEndpoints.putObject, parameters: ["serialNumber": serialNumber.rawValue], body: request,
            requestID: behalf.requestID)
    }

    /// Writes several passes' objects while somebody waits, and answers the link that saves them all.
    func putObjects(
        _ request: GoogleObjectsRequest, on behalf: HTTPRequest
    ) async throws(RPCError) -> GoogleObjectsAnswer {
        try await waiting.call(
            GoogleBridgeEndpoints.putObjects, body: request, requestID: behalf.requestID)
    }

    /// Hands over changed passes.
    func patchObjects(_ request: GoogleObjectUpdatesRequest) async throws(RPCError) {
        _ = try await rpc.call(GoogleBridgeEndpoints.patchObjects, body: request)
    }

    /// Has the objects of erased passes emptied; how many are left.
    func erase(_ passes: [SerialNumber], as objects: [GoogleObjectUpdate]) async throws(RPCError) -> Int {
        try await rpc.call(
            GoogleBridgeEndpoints.erasures, body: GoogleErasuresRequest(serialNumbers: passes, objects: objects)
        ).objects
    }

    /// Asks what Google would say to a campaign.
    func validate(_ request: GoogleClassRequest) async throws(RPCError) -> GoogleContentAnswer {
        try await waiting.call(GoogleBridgeEndpoints.validateContent, body: request)
    }

    /// Asks what would be written for a pass; google-bridge asks nobody for it.
    func preview(_ request: GoogleObjectRequest) async throws(RPCError) -> GooglePreviewAnswer {
        try await waiting.call(GoogleBridgeEndpoints.preview, body: request)
    }

    /// Checks the credentials of a wallet configuration live.
    func checks(of id: WalletConfigurationID) async throws(RPCError) -> [ConfigurationCheck] {
        try await rpc.call(
            GoogleBridgeEndpoints.checkIssuer, parameters: ["walletConfigurationId": id.rawValue]
        ).checks
    }

    /// What happened to a pass at Google; nil when the bridge can't be asked.
    func events(of serialNumber: SerialNumber, on behalf: HTTPRequest) async -> [PassEvent]? {
        do {
            return try await impatient.call(
                GoogleBridgeEndpoints.objectEvents, parameters: ["serialNumber": serialNumber.rawValue],
                requestID: behalf.requestID
            ).events
        } catch {
            // A pass that the bridge does not know has no steps there.
            return error.status == .notFound ? [] : nil
        }
    }

    /// What the bridge counted by day; nil when it can't be asked.
    func statistics(of days: DayRange, on behalf: HTTPRequest) async -> [ActivityDay]? {
        // An operator sees the other figures all the same, and that these are missing.
        try? await impatient.call(
            GoogleBridgeEndpoints.statistics, query: [("from", days.from), ("to", days.to)],
            requestID: behalf.requestID
        ).days
    }
}
