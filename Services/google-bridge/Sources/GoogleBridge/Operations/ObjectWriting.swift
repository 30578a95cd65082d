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

    /// Stores changed passes.
    func apply(_ update: GoogleObjectUpdatesRequest) async throws -> GoogleObjectUpdatesAnswer {
        // Of one pass that stands there twice the newest counts.
        var newest: [SerialNumber: GoogleObjectRequest] = [:]
        for item in update.objects {
            guard let other = newest[item.serialNumber] else {
                newest[item.serialNumber] = item.object
                continue
            }
            if (other.version, other.campaignVersion) < (item.object.version, item.object.campaignVersion) {
                newest[item.serialNumber] = item.object
            }
        }
        let changed = try await apply(
            newest.map { ($0.key, $0.value) }, as: .changes(update.objects.count))
        return GoogleObjectUpdatesAnswer(accepted: changed, unchanged: update.objects.count - changed)
    }

    /// Stores passes of any campaigns; how many objects change.
    func apply(_ passes: [Pass], as priority: OperationPriority) async throws -> Int {
        var incoming: [IncomingObject] = []
        for (id, passes) in Dictionary(grouping: passes, by: \.request.campaignId) {
            guard let campaign = try await classes.campaign(id) else { throw BridgeError.unknownClass(id) }
            incoming += try await incomingObjects(passes, of: campaign, as: priority)
        }
        return try await objects.apply(incoming, as: priority)
    }

    private func incomingObjects(
        _ passes: [Pass], of campaign: CampaignClass, as priority: OperationPriority
    ) async throws -> [IncomingObject] {
        let issuer = try await classWriting.issuers.credentials(of: campaign.walletConfiguration)
        let mapped = passes.map { pass in
            (pass, classWriting.mapping.mappedObject(of: pass.request, pass.serialNumber, in: campaign, for: issuer))
        }
        for (_, object) in mapped where !object.faults.isEmpty {
            throw BridgeError.faulty(object.faults.map(\.problemError))
        }
        try await classWriting.ensureVariants(
            mapped.map { ($0.0.request, $0.1) }, in: campaign, for: issuer, limit: maximumVariants, as: priority)
        return try mapped.map { pass, object in try self.incoming(pass, object, campaign, issuer) }
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
