import HTTPTypes

extension CampaignLibrary {
    /// A pass under the newest version of its campaign, or under its last good one when its data don't fit the newest.
    ///
    /// A standing that was read just before a change may be older than the pass: a pass never goes back a version.
    func newest(
        _ pass: Pass, standing: CampaignStanding, at now: Instant
    ) async throws -> (campaign: IssuableCampaign, pass: Pass) {
        if pass.campaignVersion < standing.version {
            let newest = try await issuable(standing)
            let adopted = pass.made(ofVersion: newest.version, at: now)
            do {
                try newest.check(adopted)
                return (newest, adopted)
            } catch IssuingError.faultyPass {
                // It is served as it was; data that fit neither version are refused when the pass is signed.
            }
        }
        return (try await issuable(standing, version: pass.campaignVersion), pass)
    }
}
