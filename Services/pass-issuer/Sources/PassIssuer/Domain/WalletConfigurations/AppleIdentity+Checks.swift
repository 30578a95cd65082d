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
            return ConfigurationCheck(
                name: "certificateChain", state: .ok,
                detail: "\(leaf.subject) was issued by \(chain.first?.subject ?? leaf.issuer).")
        } catch {
            return ConfigurationCheck(
                name: "certificateChain", state: .failed, detail: "\(error)",
                remedy:
                    "Send the certificate with the intermediate that issued it, from Apple's certificate authority page."
            )
        }
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
