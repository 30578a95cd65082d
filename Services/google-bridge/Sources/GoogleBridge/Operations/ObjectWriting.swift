import Contracts
import GoogleWalletSchema
import HTTPTypes
import JSON

/// Takes passes as pass-issuer tells them, and puts what changes of their objects into the queue.
struct ObjectWriting: Sendable {
    let classes: ClassStore
    let objects: ObjectStore
    let classWriting: ClassWriting
    let maximumVariants: Int

    /// A pass as it came.
    typealias Pass = (serialNumber: SerialNumber, request: GoogleObjectRequest)

    /// Stores changed passes. One that Google would refuse holds up none of the others: Google is asked, and its words are
    /// kept with it.
    func apply(_ objects: [GoogleObjectUpdate]) async throws -> GoogleObjectUpdatesAnswer {
        // Of one pass that stands there twice the newest counts.
        var newest: [SerialNumber: GoogleObjectRequest] = [:]
        for item in objects {
            guard let other = newest[item.serialNumber] else {
                newest[item.serialNumber] = item.object
                continue
            }
            if (other.version, other.campaignVersion) < (item.object.version, item.object.campaignVersion) {
                newest[item.serialNumber] = item.object
            }
        }
        let changed = try await apply(
            newest.map { ($0.key, $0.value) }, as: .changes(objects.count), isStrict: false)
        return GoogleObjectUpdatesAnswer(accepted: changed, unchanged: objects.count - changed)
    }

    /// Stores passes of any campaigns; how many objects change.
    ///
    /// - Parameter isStrict: whether what can't be written is a fault. Otherwise passes of a campaign that was never sent
    ///   are passed over, of which nothing is at Google, and such as there is no room for in another class.
    func apply(_ passes: [Pass], as priority: OperationPriority, isStrict: Bool = true) async throws -> Int {
        var incoming: [IncomingObject] = []
        for (id, passes) in Dictionary(grouping: passes, by: \.request.campaignId) {
            guard let campaign = try await classes.campaign(id) else {
                guard isStrict else { continue }
                throw BridgeError.unknownClass(id)
            }
            incoming += try await incomingObjects(passes, of: campaign, as: priority, isStrict: isStrict)
        }
        return try await objects.apply(incoming, as: priority)
    }

    private func incomingObjects(
        _ passes: [Pass], of campaign: CampaignClass, as priority: OperationPriority, isStrict: Bool
    ) async throws -> [IncomingObject] {
        let issuer = try await classWriting.issuers.credentials(of: campaign.walletConfiguration)
        let mapped = passes.map { pass in
            (pass, classWriting.mapping.mappedObject(of: pass.request, pass.serialNumber, in: campaign, for: issuer))
        }
        for (_, object) in mapped where isStrict && !object.faults.isEmpty {
            throw BridgeError.faulty(object.faults.map(\.problemError))
        }
        let excess = try await classWriting.ensureVariants(
            mapped.map { ($0.0.request, $0.1) }, in: campaign, for: issuer, limit: maximumVariants, as: priority,
            isStrict: isStrict)
        guard excess.isEmpty || !isStrict else { throw BridgeError.tooManyVariants(maximumVariants) }
        return try mapped.filter { !excess.contains($0.1.classID.description) }.map { pass, object in
            try self.incoming(pass, object, campaign, issuer)
        }
    }

    private func incoming(
        _ pass: Pass, _ object: GoogleMappedObject, _ campaign: CampaignClass, _ issuer: IssuerCredentials
    ) throws -> IncomingObject {
        let mapping = classWriting.mapping
        return IncomingObject(
            serialNumber: pass.serialNumber, version: pass.request.version,
            campaignVersion: pass.request.campaignVersion,
            expiresAt: ResourceMapping.expiry(of: pass.request, object: object.resource),
            request: try JSON.encodeToValue(pass.request),
            resource: WantedResource(
                id: .object(object.id.description), walletConfiguration: campaign.walletConfiguration,
                issuerID: issuer.issuerID, campaign: campaign.campaign, kind: campaign.kind,
                target: "object:\(pass.serialNumber)", classID: object.classID.description,
                campaignVersion: pass.request.campaignVersion, body: object.resource),
            notice: { mapping.notification(from: $0, to: pass.request, in: campaign, for: issuer) })
    }
}
