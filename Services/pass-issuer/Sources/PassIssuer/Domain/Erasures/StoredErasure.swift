import Contracts
import HTTPTypes

/// An erasure as it is stored.
struct StoredErasure: Sendable {
    let id: ErasureID
    /// Its place in the list.
    let number: Int
    let contactHash: String?
    let campaign: CampaignID?
    /// The contact's id while it is looked for, sealed.
    let sealedContact: [UInt8]?
    /// Where the search for the contact of a hash is; nil while there is none.
    let search: ContactSearch?
    let erasedAt: Instant
    let requestID: String
    let isDone: Bool
    let passes: Int
    let remaining: Remaining
    let createdAt: Instant
    let finishedAt: Instant?

    /// What each service has left; nil before it was asked.
    struct Remaining: Sendable, Equatable {
        var issuer: Int?
        var registry: Int?
        var pushSender: Int?
        var bridge: Int?

        /// Whether nothing is left anywhere.
        var isNothing: Bool { self == Remaining(issuer: 0, registry: 0, pushSender: 0, bridge: 0) }
    }

    /// The associated data that the contact's id is sealed with.
    static func context(of id: ErasureID) -> [UInt8] {
        Array("issuer.erasures/\(id.rawValue)/contact".utf8)
    }
}
