import Contracts
import Postgres

/// How the passes of a batch come to the newest versions of their campaigns.
struct RolloutRenewals: Sendable {
    let campaigns: CampaignStore
    let library: CampaignLibrary

    /// Passes of the same campaign and version share one.
    struct Key: Hashable, Sendable {
        let campaign: CampaignID
        let version: Int
    }

    typealias Found = [Key: Result<PassRenewal, any Error>]

    /// What is needed for passes.
    /// - Throws: what may pass, and for the rollout of a campaign whatever keeps its passes from being made; in a mass
    ///   update a campaign that can't make passes fails its own lines alone.
    func renewals(of passes: some Sequence<Pass>, _ walk: RolloutWalk) async throws -> Found {
        var found: Found = [:]
        var standings: [CampaignID: CampaignStanding] = [:]
        for pass in passes {
            let key = Key(campaign: pass.campaign, version: pass.campaignVersion)
            guard found[key] == nil else { continue }
            do {
                if standings[pass.campaign] == nil {
                    standings[pass.campaign] = try await campaigns.standing(of: pass.campaign)
                }
                guard let standing = standings[pass.campaign] else { throw IssuingError.unknownCampaign }
                found[key] = .success(try await library.renewal(ofVersion: pass.campaignVersion, standing: standing))
            } catch {
                if walk.campaign != nil || Self.isPassing(error) { throw error }
                found[key] = .failure(error)
            }
        }
        return found
    }

    /// Whether it is gone when it is tried again.
    static func isPassing(_ error: any Error) -> Bool {
        switch error {
        case is PostgresError, is CancellationError, IssuingError.versionGone, IssuingError.contended: true
        default: false
        }
    }
}
