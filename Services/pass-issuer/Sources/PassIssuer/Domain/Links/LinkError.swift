/// Why a link that somebody opened is not served.
enum LinkError: Error, Hashable, Sendable {
    /// It has not the form of a link.
    case malformed
    /// Its signature, key, algorithm or issuer is not one of ours.
    case untrusted
    /// It was ours, and its time is over.
    case expired
}
