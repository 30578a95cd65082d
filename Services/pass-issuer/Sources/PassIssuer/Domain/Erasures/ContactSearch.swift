import HTTPTypes

/// Where the search for the contact of a hash is: it goes once through all passes, in portions.
struct ContactSearch: Sendable, Equatable {
    /// When it began.
    let beganAt: Instant
    /// The serial number through which it has come; empty at the beginning.
    var through = ""
}
