import HTTPTypes

extension CampaignLibrary {
    /// How passes of a version come to the newest one.
    ///
    /// A standing that was read just before a change may be older than a pass: a pass never goes back a version.
    func renewal(ofVersion version: Int, standing: CampaignStanding) async throws -> PassRenewal {
        let current = try await issuable(standing, version: version)
        guard version < standing.version else { return PassRenewal(from: current, to: current) }
        return PassRenewal(from: current, to: try await issuable(standing))
    }
}
