import Contracts
import GoogleWalletSchema
import JSON
import Postgres

/// What the classes of a campaign shall be.
extension ClassWriting {
    /// One class as it shall be.
    struct Wanted: Sendable {
        let resource: WantedResource

        init(
            _ campaign: CampaignClass, _ body: JSONObject, id: String? = nil, campaignVersion: Int? = nil,
            variant: JSONValue? = nil
        ) {
            resource = WantedResource(
                id: .classOf(id ?? campaign.classID), walletConfiguration: campaign.walletConfiguration,
                issuerID: campaign.issuerID, campaign: campaign.campaign, kind: campaign.kind,
                target: "class:\(campaign.campaign)", campaignVersion: campaignVersion ?? campaign.version,
                variant: variant, body: body)
        }
    }

    /// Stores what classes shall be and puts those that change into the queue; the campaign is locked.
    static func want(
        _ wanted: [Wanted], of campaign: CampaignClass, as priority: OperationPriority,
        notice: GoogleNotification = GoogleNotification(), in transaction: Transaction
    ) async throws {
        let stored = try await ClassStore.classes(of: campaign, lockedIn: transaction)
        let old = Dictionary(uniqueKeysWithValues: stored.map { ($0.id, $0) })
        var changes: [ResourceStore.Change] = []
        var pending: [ResourceStore.Pending] = []
        var messages: [(id: ResourceID, issuer: GoogleIssuerID, message: JSONObject)] = []
        for resource in wanted.map(\.resource) {
            let old = old[resource.id.id]
            // A pass of an older version of the campaign came late.
            if let old, old.campaignVersion > resource.campaignVersion { continue }
            if let old, old.wanted == resource.body, !old.isFailed {
                guard
                    old.campaignVersion != resource.campaignVersion
                        || old.variant.map(JSONValue.object) != resource.variant
                else { continue }
                try await ClassStore.adopt(resource, in: transaction)
                continue
            }
            changes.append(
                .init(
                    wanted: resource, sent: old.map { ObjectDecision.union($0.sent ?? $0.wanted, resource.body) }))
            let isAtGoogle = old?.isAtGoogle ?? false
            pending.append(
                .init(
                    id: resource.id, issuer: resource.issuerID, isAtGoogle: isAtGoogle,
                    notifies: isAtGoogle && notice.notifiesOnUpdate))
            if isAtGoogle { messages += notice.queued.map { (resource.id, resource.issuerID, $0) } }
        }
        guard !changes.isEmpty else { return }
        try await ResourceStore.save(changes, in: transaction)
        try await ResourceStore.enqueue(pending, as: priority, in: transaction)
        try await ResourceStore.enqueue(messages, as: priority, in: transaction)
    }

    /// Makes sure that the classes which passes need are there as the campaign has them now: those of a campaign with
    /// variants are made when they are first needed, and anew when a pass of a newer version comes.
    ///
    /// - Parameter isStrict: whether what Google would refuse is a fault; otherwise Google is asked all the same, and its
    ///   words are kept.
    /// - Returns: the classes that there is no room for.
    func ensureVariants(
        _ needed: [(request: GoogleObjectRequest, object: GoogleMappedObject)], in campaign: CampaignClass,
        for issuer: IssuerCredentials, limit: Int, as priority: OperationPriority, isStrict: Bool
    ) async throws -> Set<String> {
        guard campaign.hasVariants else { return [] }
        var newest: [String: GoogleObjectRequest] = [:]
        for (request, object) in needed {
            let id = object.classID.description
            if (newest[id]?.campaignVersion ?? .min) < request.campaignVersion { newest[id] = request }
        }
        let versions = try await classes.versions(of: newest.keys.sorted())
        let stale = newest.filter { id, request in (versions[id] ?? .min) < request.campaignVersion }
        guard !stale.isEmpty else { return [] }
        let made = try stale.sorted { $0.key < $1.key }.map { id, request in
            let mapped = mapping.mappedClass(of: request, in: campaign, for: issuer)
            guard mapped.faults.isEmpty || !isStrict else {
                throw BridgeError.faulty(mapped.faults.map(\.problemError))
            }
            return Wanted(
                campaign, mapped.resource, id: id, campaignVersion: request.campaignVersion,
                variant: try JSON.encodeToValue(mapping.classContent(of: request, in: campaign, for: issuer)))
        }
        return try await classes.database.transaction { transaction in
            guard let locked = try await ClassStore.lock(campaign.campaign, in: transaction) else { return [] }
            let stored = Set(try await ClassStore.classes(of: locked, lockedIn: transaction).map(\.id))
            let new = made.map(\.resource.id.id).filter { !stored.contains($0) }
            let excess = Set(new.dropFirst(max(0, limit - stored.count)))
            let fitting = made.filter { !excess.contains($0.resource.id.id) }
            try await Self.want(fitting, of: locked, as: min(priority, .campaign), in: transaction)
            return excess
        }
    }
}
