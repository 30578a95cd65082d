import Contracts
import HTTPTypes

/// Several passes behind one link: for one platform, of one instant, and with one end.
struct LinkBundle: Sendable, Hashable {
    let platform: LinkPlatform
    let issuedAt: Instant
    let expiresAt: Instant?
    /// The passes, each as a link of its own would name it; no two are the same.
    let passes: [LinkClaims]
}
