import Contracts

/// A pass as it was and as it becomes.
///
/// A class, since batches hand thousands of them on: one reference instead of all that two passes hold.
final class PassTransition: Sendable {
    let old: Pass
    let new: Pass
    /// The wallets that it lives in and that show another pass; the others are not told.
    let changes: Set<Platform>
    let cause: ChangeCause
    /// The campaign in the version that the new pass is made of.
    let campaign: IssuableCampaign
    /// Why it is not made of the newest version of its campaign; nil when it is.
    let refusal: [PassFault]?

    init(
        old: Pass, new: Pass, changes: Set<Platform>, cause: ChangeCause, campaign: IssuableCampaign,
        refusal: [PassFault]?
    ) {
        self.old = old
        self.new = new
        self.changes = changes
        self.cause = cause
        self.campaign = campaign
        self.refusal = refusal
    }

    /// Whether it ceases to be good at another instant than before; one that is told meanwhile is not put back.
    var expiresAnew: Bool { new.expiresAt != old.expiresAt }

    /// Whether anybody sees another pass.
    var isVisible: Bool { !changes.isEmpty }

    /// What other services must learn.
    var notices: [OutboxContent] {
        campaign.notices(of: new, on: changes, revives: old.erasedAt != nil && new.erasedAt == nil)
    }
}
