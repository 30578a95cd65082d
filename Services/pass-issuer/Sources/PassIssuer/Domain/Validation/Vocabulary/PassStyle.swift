import Contracts

/// The styles of a pass, as pass.json names them.
enum PassStyle: String, CaseIterable, Sendable {
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

    /// The style of iOS 27 that stands beside `generic`.
    static let posterGeneric = "posterGeneric"

    /// How many fields of a group are drawn; nil when there is no limit.
    func maximum(of group: FieldGroup) -> Int? {
        switch group {
        case .headerFields: 3
        case .primaryFields: self == .boardingPass ? 2 : 1
        case .secondaryFields: 4
        case .auxiliaryFields: self == .boardingPass ? 5 : 4
        case .backFields, .additionalInfoFields, .footerFields: nil
        }
    }

    /// How many secondary and auxiliary fields are drawn in all beside a square barcode.
    var maximumBesideSquareBarcode: Int? {
        switch self {
        case .coupon, .storeCard, .generic: 4
        case .boardingPass, .eventTicket: nil
        }
    }

    /// Whether passes of the style can be grouped.
    var isGroupable: Bool { self == .boardingPass || self == .eventTicket }

    /// The images that the style draws.
    var images: Set<ImageRole> {
        switch self {
        case .boardingPass: [.icon, .logo, .footer]
        case .coupon, .storeCard: [.icon, .logo, .strip]
        case .eventTicket: [.icon, .logo, .strip, .background, .thumbnail]
        case .generic: [.icon, .logo, .thumbnail]
        }
    }
}
