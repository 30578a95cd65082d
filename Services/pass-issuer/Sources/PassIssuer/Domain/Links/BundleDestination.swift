import Contracts

/// Where a link to several passes leads on the device that opened it.
enum BundleDestination: Sendable, Hashable {
    /// To all of them at once, for a wallet.
    case together(Platform)
    /// To the page with a link to each.
    case page

    /// Decides.
    /// - Parameters:
    ///   - link: the platform that the link is for.
    ///   - chosen: the wallet whose button was touched.
    ///   - isFile: whether the file itself was asked for, by its name.
    ///   - userAgent: what opened the link.
    ///   - isBrowser: whether a person reads the answer.
    init(of link: LinkPlatform, chosen: Platform?, isFile: Bool, userAgent: String?, isBrowser: Bool) {
        // Every browser calls itself Mozilla, also where it asks for anything.
        let isProgram = !isBrowser && userAgent?.hasPrefix("Mozilla/") != true
        let opensBundles = isFile || isProgram || DeviceFamily.isSafari(userAgent: userAgent)
        let platform: Platform? =
            switch (link, chosen, DeviceFamily(userAgent: userAgent)) {
            case (.google, _, _): .google
            case (.apple, _, _): .apple
            case (.any, let chosen?, _): chosen
            case (.any, nil, .apple): .apple
            case (.any, nil, .android): .google
            case (.any, nil, .other): nil
            }
        switch platform {
        case .google: self = .together(.google)
        case .apple where opensBundles: self = .together(.apple)
        case .apple, nil: self = .page
        }
    }
}
