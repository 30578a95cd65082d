import Contracts

/// How far a campaign's classes are.
struct ClassStanding: Sendable, Hashable {
    let pending: Int
    let failed: Int
    let ready: Int
    /// Google's words about one that it refused.
    let error: String?

    /// The status of a campaign, the worst of all its classes.
    func status(of campaign: CampaignClass) -> GoogleClassStatus {
        let count = pending + failed + ready
        let state: GoogleClassState =
            if failed > 0 { .failed } else if pending > 0 { .pending } else if campaign.hasVariants || ready > 0 {
                .ready
            } else { .pending }
        return GoogleClassStatus(
            classId: campaign.classID, state: state, variants: campaign.hasVariants ? count : nil,
            error: state == .failed ? error : nil)
    }
}
