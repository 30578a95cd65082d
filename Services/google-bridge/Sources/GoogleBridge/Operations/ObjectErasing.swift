import Contracts
import HTTPTypes
import JSON

/// Empties the objects of passes whose contact was erased. Nothing can be deleted at Google: an object that is void and
/// shows nobody's data is the most that there is.
struct ObjectErasing: Sendable {
    let writing: ObjectWriting
    let store: ObjectErasureStore

    /// Stores the objects as they shall be, deletes what else is known of the passes, and says for how many Google has
    /// not taken it yet. A repeat changes nothing.
    func erase(_ request: GoogleErasuresRequest) async throws -> GoogleErasuresAnswer {
        let byCampaign = Dictionary(grouping: request.objects, by: \.object.campaignId)
        for (campaign, objects) in byCampaign.sorted(by: { $0.key < $1.key }) {
            do {
                _ = try await writing.apply(objects)
            } catch BridgeError.unknownIssuer {
                // Nobody can write to Google now; here nothing stays all the same.
            }
            try await reduceVariants(of: campaign)
        }
        try await store.strip(
            request.serialNumbers,
            emptied: Dictionary(
                request.objects.map { ($0.serialNumber, $0.object.version) }, uniquingKeysWith: max))
        return GoogleErasuresAnswer(objects: try await store.remaining(of: request.serialNumbers))
    }

    /// Classes that an older release made keep the whole content of a pass.
    private func reduceVariants(of id: CampaignID) async throws {
        guard let campaign = try await writing.classes.campaign(id), campaign.hasVariants else { return }
        let issuer: IssuerCredentials
        do {
            issuer = try await writing.classWriting.issuers.credentials(of: campaign.walletConfiguration)
        } catch BridgeError.unknownIssuer {
            return
        }
        for stored in try await writing.classes.classes(of: campaign) {
            guard let variant = stored.variant else { continue }
            let request = try JSON.decode(GoogleObjectRequest.self, from: .object(variant))
            let reduced = writing.classWriting.mapping.classContent(of: request, in: campaign, for: issuer)
            guard reduced != request else { continue }
            try await store.reduce(stored.id, from: variant, to: try JSON.encodeToValue(reduced))
        }
    }
}
