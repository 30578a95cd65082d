import Contracts

/// A pass as phones get it.
struct SignedPass: Sendable {
    let pass: Pass
    /// The `.pkpass`.
    let package: [UInt8]
    let passTypeIdentifier: PassTypeIdentifier

    /// What the device registry must learn when the phones' copies are older than this.
    var notice: PassesChanged {
        PassesChanged(passTypeIdentifier: passTypeIdentifier, serialNumbers: [pass.serialNumber])
    }
}
