import Contracts
import Cryptography

/// Tells whether a request comes from a phone that holds a pass.
struct PassAuthentication: Sendable {
    // Apple's scheme, and the one of a wallet for Android that speaks the same protocol.
    private static let schemes = ["applepass", "attidopass"]

    let keys: HMACKeyRing

    /// Whether an Authorization header shows the token of a pass; computed without asking for the pass anywhere.
    func isValid(_ authorization: String?, for pass: PassReference) -> Bool {
        let parts = (authorization ?? "").utf8.split(separator: UInt8(ascii: " "), maxSplits: 1)
        guard parts.count == 2, Self.schemes.contains(Substring(parts[0]).lowercased()) else { return false }
        let message = AuthenticationToken.message(
            passTypeIdentifier: pass.passTypeIdentifier, serialNumber: pass.serialNumber)
        return keys.isValid(String(Substring(parts[1].drop { $0 == UInt8(ascii: " ") })), for: message)
    }
}
