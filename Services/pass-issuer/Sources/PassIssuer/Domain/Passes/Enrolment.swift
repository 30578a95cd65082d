import Contracts
import HTTPTypes

/// That the owner of a pass filled in the form that it asked for (Apple's rewards enrolment).
struct Enrolment: Sendable, Hashable {
    let at: Instant
    /// SHA-256 of the token that was signed; nobody else gets another one signed.
    let tokenHash: [UInt8]
    /// The keys of the contact that were entered.
    let keys: [PersonalizationKey]
}
