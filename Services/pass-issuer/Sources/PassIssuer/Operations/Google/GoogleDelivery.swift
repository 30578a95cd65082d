import Contracts
import Cryptography
import HTTPTypes
import JSON

/// Brings google-bridge in line with what stands here now; messages only name what has changed.
struct GoogleDelivery: Sendable {
    let configurations: WalletConfigurationStore
    let campaigns: CampaignStore
    let passes: PassStore
    let library: CampaignLibrary
    let secrets: SecretBox
    let google: GoogleCampaigns

    /// About how many bytes of passes a call carries at most.
    static let batchBytes = 4 << 20

    /// Sends the credentials of a wallet configuration, or takes them away when it has none any more.
    func bringIssuer(_ id: WalletConfigurationID) async throws {
        guard let identity = try await configurations.configuration(id)?.google else {
            return try await google.bridge.deleteIssuer(id)
        }
        let account = try secrets.open(
            identity.sealedServiceAccount, context: SealedSecret.serviceAccount.context(of: id))
        guard let account = try JSON.parse(account).objectValue else { throw CryptographyError.malformed("key file") }
        try await google.bridge.putIssuer(
            id, GoogleIssuerRequest(issuerId: identity.issuerID, serviceAccount: Confidential(account)))
    }

    /// Sends a campaign, from which its class is made; one that was deleted had none.
    func bringClass(of id: CampaignID) async throws {
        guard let campaign = try await campaigns.campaign(id), campaign.activatedAt != nil,
            let request = try await google.classRequest(of: campaign)
        else { return }
        _ = try await google.bridge.putClass(id, request)
    }

    /// Sends passes as they are; what can't be shown stays as it was at Google too.
    func bringObjects(of serialNumbers: [SerialNumber], updateID: UpdateID) async throws {
        var batch: [GoogleObjectUpdate] = []
        var bytes = 0
        for pass in try await passes.passes(serialNumbers) where pass.platforms.contains(.google) {
            guard let update = try await update(of: pass) else { continue }
            let size = try JSON.encode(update).count
            if batch.count == GoogleObjectUpdatesRequest.maximumCount || bytes + size > Self.batchBytes {
                try await send(batch, updateID)
                (batch, bytes) = ([], 0)
            }
            batch.append(update)
            bytes += size
        }
        if !batch.isEmpty { try await send(batch, updateID) }
    }

    /// Has the objects of erased passes emptied; how many are left.
    func erase(_ serialNumbers: [SerialNumber]) async throws -> Int {
        // Who has come back meanwhile is nobody's to forget.
        let erased = try await passes.passes(serialNumbers).filter { $0.erasedAt != nil }
        var objects: [GoogleObjectUpdate] = []
        for pass in erased {
            if let update = try await update(of: pass) { objects.append(update) }
        }
        return erased.isEmpty ? 0 : try await google.bridge.erase(erased.map(\.serialNumber), as: objects)
    }

    private func send(_ batch: [GoogleObjectUpdate], _ updateID: UpdateID) async throws {
        try await google.bridge.patchObjects(GoogleObjectUpdatesRequest(updateId: updateID, objects: batch))
    }

    private func update(of pass: Pass) async throws -> GoogleObjectUpdate? {
        guard let standing = try await campaigns.standing(of: pass.campaign), standing.issuer.hasGoogle else {
            return nil
        }
        do {
            let campaign = try await library.issuable(standing, version: pass.campaignVersion)
            return GoogleObjectUpdate(serialNumber: pass.serialNumber, object: try campaign.googleObject(of: pass))
        } catch IssuingError.faultyPass {
            return nil
        } catch IssuingError.versionGone {
            // It has moved on since it was read: its own message follows.
            return nil
        }
    }
}
