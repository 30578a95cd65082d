/// The seven kinds of passes at Google Wallet; the raw value begins the names of its resources.
public enum GoogleKind: String, CaseIterable, Sendable {
    /// Whatever is none of the others.
    case generic
    /// A voucher.
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

    /// The path of its classes or objects, `loyaltyClass`.
    public func resource(_ level: GoogleLevel) -> String {
        rawValue + level.suffix
    }

    /// The type of its classes or objects in the schema, `LoyaltyClass`.
    public func typeName(_ level: GoogleLevel) -> String {
        rawValue.prefix(1).uppercased() + rawValue.dropFirst() + level.suffix
    }
}
