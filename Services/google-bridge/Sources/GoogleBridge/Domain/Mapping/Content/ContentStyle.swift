import Contracts

/// The styles of a pass, as pass.json names them.
enum ContentStyle: String, CaseIterable, Sendable {
    /// A ticket for a journey.
    case boardingPass
    /// A voucher.
    case coupon
    /// A ticket for an event.
    case eventTicket
    /// Anything else.
    case generic
    /// A loyalty or gift card.
    case storeCard
}
