import Contracts

extension GoogleClass {
    /// A campaign's class as its administrator sees it.
    init(_ campaign: CampaignClass, _ status: GoogleClassStatus) {
        self.init(
            campaignId: campaign.campaign, walletConfigurationId: campaign.walletConfiguration,
            classId: campaign.classID, kind: campaign.kind.passKind, version: campaign.version, state: status.state,
            variants: status.variants, error: status.error, warnings: campaign.warnings, override: campaign.override)
    }
}
