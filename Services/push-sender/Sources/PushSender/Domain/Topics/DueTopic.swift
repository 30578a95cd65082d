import Contracts

/// A topic whose pushes can go out now.
struct DueTopic: Sendable, Hashable {
    /// Its number in the database.
    let number: Int
    let passTypeIdentifier: PassTypeIdentifier
    /// The revision of its credentials.
    let revision: Int
    /// Whether its breaker lets one push through now, and no more.
    let isProbe: Bool
}
