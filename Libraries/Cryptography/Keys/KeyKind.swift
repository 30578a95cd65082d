/// The keys that the platform works with.
public enum KeyKind: Sendable, Hashable {
    /// RSA with a modulus of so many bits, used with PKCS #1 v1.5.
    case rsa(bits: Int)
    /// The elliptic curve P-256, used with ECDSA.
    case p256
}
