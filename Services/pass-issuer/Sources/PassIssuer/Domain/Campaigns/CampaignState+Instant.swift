import Contracts
import HTTPTypes

extension CampaignState {
    /// Where a campaign stands at an instant.
    init(activatedAt: Instant?, endsAt: Instant?, endedAt: Instant?, at now: Instant) {
        if endedAt != nil || endsAt.map({ $0 <= now }) ?? false {
            self = .ended
        } else {
            self = activatedAt == nil ? .draft : .active
        }
    }
}
