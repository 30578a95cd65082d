import Contracts
import HTTPTypes

extension CampaignState {
    /// Where a campaign stands at an instant.
    init(activatedAt: Instant?, endsAt: Instant?, at now: Instant) {
        if let endsAt, endsAt <= now {
            self = .ended
        } else {
            self = activatedAt == nil ? .draft : .active
        }
    }
}
