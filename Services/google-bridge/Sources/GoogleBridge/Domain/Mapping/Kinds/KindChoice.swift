import Contracts
import GoogleWalletSchema
import JSON

/// Which kind a content becomes at Google.
struct KindChoice: Sendable {
    /// The kind.
    let kind: GoogleKind
    /// What it shows of the content.
    let mapping: any KindMapping
    /// Why it is not the kind that the style implies.
    let notes: [MappingNote]

    /// Takes the given kind, or the one that the style implies.
    init(_ content: PassContent, given: GooglePassKind?) {
        if let given {
            kind = given.googleKind
            mapping = Self.mapping(kind, content)
            notes = []
            return
        }
        let implied = Self.implied(content)
        if implied == .flight {
            let missing = FlightMapping(content).missing
            if !missing.isEmpty {
                kind = .generic
                mapping = GenericMapping(content)
                notes = [
                    MappingNote(
                        PassContent.place("boardingPass"),
                        "Google's boarding pass needs \(missing.joined(separator: ", ")); without it the pass becomes a"
                            + " generic one. Say it by semantic tags.")
                ]
                return
            }
        }
        kind = implied
        mapping = Self.mapping(implied, content)
        notes = []
    }

    private static func implied(_ content: PassContent) -> GoogleKind {
        switch content.style {
        case .boardingPass:
            content.pass["boardingPass"]?["transitType"]?.stringValue == "PKTransitTypeAir" ? .flight : .transit
        case .coupon: .offer
        case .eventTicket: .eventTicket
        case .storeCard: GiftCardMapping.isDeclared(by: content) ? .giftCard : .loyalty
        case .generic, nil: .generic
        }
    }

    private static func mapping(_ kind: GoogleKind, _ content: PassContent) -> any KindMapping {
        switch kind {
        case .generic: GenericMapping(content)
        case .offer: OfferMapping(content)
        case .loyalty: LoyaltyMapping(content)
        case .giftCard: GiftCardMapping(content)
        case .eventTicket: EventTicketMapping(content)
        case .flight: FlightMapping(content)
        case .transit: TransitMapping(content)
        }
    }
}

extension GooglePassKind {
    /// The kind in Google's schema.
    var googleKind: GoogleKind {
        switch self {
        case .generic: .generic
        case .offer: .offer
        case .loyalty: .loyalty
        case .giftCard: .giftCard
        case .eventTicket: .eventTicket
        case .flight: .flight
        case .transit: .transit
        }
    }
}

extension GoogleKind {
    /// The kind in the services' messages.
    package var passKind: GooglePassKind {
        switch self {
        case .generic: .generic
        case .offer: .offer
        case .loyalty: .loyalty
        case .giftCard: .giftCard
        case .eventTicket: .eventTicket
        case .flight: .flight
        case .transit: .transit
        }
    }
}
