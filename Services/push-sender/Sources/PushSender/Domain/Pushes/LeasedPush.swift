import HTTPTypes

/// A push that this replica has taken and answers for until the lease ends.
struct LeasedPush: Sendable, Hashable {
    /// Where it goes, in hexadecimal digits.
    let token: String
    /// APNs' id for it, the same in each attempt.
    let apnsID: String
    /// How often it was taken, this time included.
    let attempts: Int
    /// Who holds it.
    let lease: Int
}
