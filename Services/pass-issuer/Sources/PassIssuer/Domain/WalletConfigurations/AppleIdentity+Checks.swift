import Contracts
import Cryptography
import HTTPTypes

extension AppleIdentity {
    /// What can be said of the certificate without asking anybody.
    func checks(at now: Instant) -> [ConfigurationCheck] {
        do {
            let leaf = try Certificate(der: certificate)
            return [chainCheck(leaf, at: now), Self.expiryCheck(leaf, at: now)]
        } catch {
            return [
                ConfigurationCheck(
                    name: "certificateChain", state: .failed, detail: "\(error)", remedy: "Send the certificate again.")
            ]
        }
    }

    private func chainCheck(_ leaf: Certificate, at now: Instant) -> ConfigurationCheck {
        do {
            let chain = try intermediates.map { try Certificate(der: $0) }
            try Certificate.verifyChain(
                leaf: leaf, intermediates: Array(chain.dropLast()), anchors: chain.suffix(1), at: now.wholeSeconds)
            return Self.authorityCheck(leaf, through: chain, at: now)
        } catch {
            return ConfigurationCheck(
                name: "certificateChain", state: .failed, detail: "\(error)",
                remedy:
                    "Send the certificate with the intermediate that issued it, from Apple's certificate authority page."
            )
        }
    }

    /// What phones make of a chain that is sound in itself: they believe Apple's roots alone.
    private static func authorityCheck(
        _ leaf: Certificate, through chain: [Certificate], at now: Instant
    ) -> ConfigurationCheck {
        let issued = "\(leaf.subject) was issued by \(chain.first?.subject ?? leaf.issuer)"
        guard let fault = PassAuthorities.apple.fault(of: leaf, through: chain, at: now.wholeSeconds) else {
            return ConfigurationCheck(name: "certificateChain", state: .ok, detail: "\(issued).")
        }
        return ConfigurationCheck(
            name: "certificateChain", state: .warning,
            detail: "\(issued). That does not lead to Apple's roots, so phones refuse the passes: \(fault)",
            remedy: "Nothing, for a demonstration or a test. For phones put a Pass Type ID certificate of Apple's with "
                + "its intermediate, from \(AppleAuthority.page).")
    }

    private static func expiryCheck(_ leaf: Certificate, at now: Instant) -> ConfigurationCheck {
        let days = CertificateExpiry.daysLeft(notAfter: leaf.notAfter, now: now.wholeSeconds)
        let end = Instant(seconds: leaf.notAfter).rfc3339
        let remedy =
            "Renew it under the same pass type identifier: POST …/signing-requests, and PUT the certificate that Apple makes of it."
        if now.wholeSeconds > leaf.notAfter {
            return ConfigurationCheck(
                name: "certificateExpiry", state: .failed, detail: "The certificate expired on \(end).", remedy: remedy)
        }
        let isNear = CertificateExpiry.milestone(notAfter: leaf.notAfter, now: now.wholeSeconds) != nil
        return ConfigurationCheck(
            name: "certificateExpiry", state: isNear ? .warning : .ok,
            detail: "The certificate is good for \(days) days, until \(end).", remedy: isNear ? remedy : nil)
    }
}
