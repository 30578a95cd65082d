import Contracts

/// A pass type certificate with its key and the intermediates that lead to Apple's root.
struct AppleIdentity: Sendable, Hashable {
    let passTypeIdentifier: PassTypeIdentifier
    let teamIdentifier: TeamIdentifier
    /// DER.
    let certificate: [UInt8]
    /// DER, the issuer of the certificate first.
    let intermediates: [[UInt8]]
    /// PKCS#8 DER, sealed for ``SealedSecret/privateKey``.
    let sealedPrivateKey: [UInt8]
    var pushKey: SealedPushKey?
}

/// A `.p8` key for APNs' token authentication.
struct SealedPushKey: Sendable, Hashable {
    let keyID: PushKeyID
    let teamID: TeamIdentifier
    /// PKCS#8 DER, sealed for ``SealedSecret/pushKey``.
    let sealedKey: [UInt8]
}
