/// The kinds of Google's classes and objects.
public enum GooglePassKind: String, Choice {
    /// A generic pass.
    case generic
    /// An offer.
    case offer
    /// A loyalty card.
    case loyalty
    /// A gift card.
    case giftCard
    /// A ticket for an event.
    case eventTicket
    /// A boarding pass of an airline.
    case flight
    /// A ticket of public transport.
    case transit
}
