import Contracts

/// A size in points.
struct ImageSize: Hashable, Sendable {
    let width: Int
    let height: Int

    /// The nominal size of a role, the larger where Apple's guide and its newer tool name two; nil when Apple names none.
    ///
    /// A strip's height depends on the style; without one the largest counts.
    static func nominal(_ role: ImageRole, style: PassStyle? = nil) -> ImageSize? {
        switch role {
        case .icon: ImageSize(width: 38, height: 38)
        case .logo: ImageSize(width: 160, height: 50)
        case .strip: ImageSize(width: 375, height: stripHeight(style))
        case .thumbnail: ImageSize(width: 90, height: 90)
        case .background: ImageSize(width: 345, height: 505)
        case .footer: ImageSize(width: 286, height: 15)
        case .artwork: ImageSize(width: 358, height: 448)
        case .primaryLogo: ImageSize(width: 126, height: 30)
        case .secondaryLogo: ImageSize(width: 135, height: 12)
        case .personalizationLogo: ImageSize(width: 150, height: 40)
        case .venueMap: nil
        }
    }

    private static func stripHeight(_ style: PassStyle?) -> Int {
        switch style {
        case .eventTicket: 98
        case .coupon, .storeCard, nil: 144
        case .boardingPass, .generic: 123
        }
    }
}
