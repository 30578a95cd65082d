import Contracts

/// Where a link leads on the device that opened it.
enum LinkDestination: Sendable, Hashable {
    /// To the pass for a wallet.
    case pass(Platform)
    /// To the page that offers the wallets.
    case page

    /// Decides.
    /// - Parameters:
    ///   - link: the platform that the link is for.
    ///   - chosen: the wallet whose button was touched.
    ///   - isFile: whether the file itself was asked for, by its name.
    ///   - isBrowser: whether a person reads the answer.
    init(of link: LinkPlatform, chosen: Platform?, isFile: Bool, device: DeviceFamily, isBrowser: Bool) {
        switch link {
        case .google: self = .pass(.google)
        case .apple:
            let canUse = device == .apple || !isBrowser
            self = canUse || isFile || chosen == .apple ? .pass(.apple) : .page
        case .any:
            switch (chosen, device) {
            case (let chosen?, _): self = .pass(chosen)
            case (nil, .apple): self = .pass(.apple)
            case (nil, .android): self = .pass(.google)
            case (nil, .other): self = .page
            }
        }
    }
}
