import Contracts
import Cryptography
import HTTPTypes
import JSON

/// A pass type certificate, its key and its intermediates, checked against each other.
struct AppleCredentials: Sendable {
    let certificate: Certificate
    let key: PrivateKey
    /// The issuer of the certificate first.
    let intermediates: [Certificate]
    let passTypeIdentifier: PassTypeIdentifier
    let teamIdentifier: TeamIdentifier
}

extension AppleCredentials {
    /// Checks what was sent; every fault at once.
    init(material: AppleKeyMaterial, at now: Instant) throws(AdministrationError) {
        let (certificate, key) = (material.certificate, material.key)
        var faults: [PassFault] = []
        if !key.matches(certificate) {
            faults.append(
                .wallet(
                    "privateKey", "The key does not belong to the certificate.",
                    "Send the key that its signing request was made with."))
        }
        if now.wholeSeconds > certificate.notAfter {
            faults.append(
                .wallet(
                    "certificate", "The certificate expired on \(Instant(seconds: certificate.notAfter).rfc3339).",
                    "Renew it in Apple's developer portal under the same pass type identifier."))
        }
        if now.wholeSeconds < certificate.notBefore {
            faults.append(
                .wallet(
                    "certificate",
                    "The certificate is valid only from \(Instant(seconds: certificate.notBefore).rfc3339).",
                    "Wait until then, or check this server's clock."))
        }
        let passType = certificate.subjectUID.flatMap(PassTypeIdentifier.init(rawValue:))
        if passType == nil {
            faults.append(
                .wallet(
                    "certificate", "The certificate's subject has no UID with a pass type identifier.",
                    "This is not a Pass Type ID certificate; an app's or push certificate can't sign passes."))
        }
        let team = certificate.organizationalUnit.flatMap(TeamIdentifier.init(rawValue:))
        if team == nil {
            faults.append(
                .wallet(
                    "certificate", "The certificate's subject has no OU with a team identifier.",
                    "Use the Pass Type ID certificate as Apple issued it."))
        }
        let chain = Self.chain(from: certificate, through: material.others, at: now)
        if chain.isEmpty { faults.append(Self.missingIntermediate(of: certificate, among: material.others)) }
        if faults.isEmpty, let fault = Self.fault(of: certificate, chain, at: now) { faults.append(fault) }
        guard faults.isEmpty, let passType, let team else { throw .faulty(faults) }
        self.init(
            certificate: certificate, key: key, intermediates: chain, passTypeIdentifier: passType,
            teamIdentifier: team)
    }

    /// The issuers of a certificate among others, each found by key identifier and proven by its signature.
    private static func chain(
        from leaf: Certificate, through others: [Certificate], at now: Instant
    ) -> [Certificate] {
        var chain: [Certificate] = []
        var subject = leaf
        // Of two generations with one key the one that is valid now comes first.
        let current = others.filter { $0.isValid(at: now.wholeSeconds) }
        var candidates = (current + others.filter { !$0.isValid(at: now.wholeSeconds) }).filter { $0.der != leaf.der }
        while let index = candidates.firstIndex(where: { subject.isIssued(by: $0) }) {
            let issuer = candidates.remove(at: index)
            // The root is in every phone; a package carries what leads to it.
            if issuer.isIssued(by: issuer) && !chain.isEmpty { break }
            chain.append(issuer)
            subject = issuer
        }
        return chain
    }

    /// What keeps the whole chain from being trusted: dates, authority, signatures.
    private static func fault(of leaf: Certificate, _ chain: [Certificate], at now: Instant) -> PassFault? {
        guard let top = chain.last else { return nil }
        do {
            try Certificate.verifyChain(
                leaf: leaf, intermediates: Array(chain.dropLast()), anchors: [top], at: now.wholeSeconds)
        } catch {
            return .wallet(
                "intermediate", "\(error)",
                "Send the certificate of \(leaf.issuer), from Apple's certificate authority page.")
        }
        guard top.isValid(at: now.wholeSeconds) else {
            return .wallet(
                "intermediate", "The certificate of \(top.subject) is not valid now.",
                "Download the current one from Apple's certificate authority page.")
        }
        return nil
    }

    private static func missingIntermediate(of leaf: Certificate, among others: [Certificate]) -> PassFault {
        let remedy =
            "Send as `intermediate` the certificate of \(leaf.issuer), from Apple's certificate authority page."
        guard let other = others.first(where: { $0.der != leaf.der }) else {
            return .wallet("intermediate", "The intermediate certificate is missing.", remedy)
        }
        return .wallet("intermediate", "\(other.subject) did not issue the certificate.", remedy)
    }

    /// What there is to say about a certificate that is accepted.
    static func warnings(about certificate: Certificate, at now: Instant) -> [String] {
        CertificateExpiry.warning(notAfter: certificate.notAfter, now: now.wholeSeconds).map { [$0] } ?? []
    }
}
