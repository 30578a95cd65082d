import Cryptography
import HTTPTypes

/// The signature over the manifest: that it is one, whose it is, and that phones believe the chain behind it.
struct SignatureCheck {
    static let file = "signature"
    /// No signature of a pass comes near it.
    private static let maximumBytes = 256 << 10

    let authorities: PassAuthorities
    /// Since 1970.
    let now: Int

    /// Checks a signature; the result is what it says of itself, when it can be read.
    func check(_ archive: PackageArchive, _ findings: inout [Finding]) -> CMSSignature? {
        guard let bytes = archive.file(Self.file), let signature = read(bytes, &findings) else { return nil }
        if !signature.isDetached {
            add(.error, "The signature holds the manifest itself; it must be detached.", "Sign detached.", &findings)
        }
        if signature.signerCount != 1 {
            add(
                .error, "There are \(signature.signerCount) signers.", "Sign once, with the pass certificate.",
                &findings)
        }
        guard let signer = signature.signer else {
            add(
                .error, "The signature does not carry the certificate that made it.",
                "Include the pass certificate and Apple's intermediate.", &findings)
            return signature
        }
        if let manifest = archive.file(ManifestCheck.file), !signature.isValid(for: manifest) {
            add(
                .error, "The signature is not that of this manifest.",
                "Change nothing after signing: make the manifest, sign it, zip it.", &findings)
        }
        if signature.digestAlgorithm == "MD5" {
            add(.error, "The signature is over an MD5 digest.", "Sign with SHA-256.", &findings)
        }
        checkTime(signature, signer, &findings)
        checkChain(signature, signer, &findings)
        return signature
    }

    private func read(_ bytes: [UInt8], _ findings: inout [Finding]) -> CMSSignature? {
        guard bytes.count <= Self.maximumBytes else {
            add(.error, "The signature has \(bytes.count) bytes.", "Include the chain alone.", &findings)
            return nil
        }
        do throws(CryptographyError) {
            return try CMSSignature(der: bytes)
        } catch {
            let isText = ["-----BEGIN", "MIME-Version", "Content-Type"].contains { bytes.starts(with: $0.utf8) }
            add(
                .error,
                isText ? "The signature is text (PEM or S/MIME) instead of DER." : "The signature is no CMS structure.",
                "Write it as binary DER: openssl cms -sign -binary -outform DER, without -nodetach.", &findings)
            return nil
        }
    }

    private func checkTime(_ signature: CMSSignature, _ signer: Certificate, _ findings: inout [Finding]) {
        guard let time = signature.signingTime else {
            return add(
                .error, "The signature does not say when it was made.",
                "Sign with the attribute signingTime (openssl does, unless -noattr).", &findings)
        }
        let written = Instant(seconds: time).rfc3339
        if !signer.isValid(at: time) {
            add(
                .error, "The signature was made at \(written), when its certificate was not valid.",
                "Sign with a valid certificate, and check the clock of the machine that signs.", &findings)
        } else if time > now + 86_400 {
            add(
                .warning, "The signature says it was made at \(written), which is to come.",
                "Check the clock of the machine that signs.", effect: .unknown, &findings)
        }
    }

    private func checkChain(_ signature: CMSSignature, _ signer: Certificate, _ findings: inout [Finding]) {
        let others = signature.certificates.filter { $0 != signer }
        guard let fault = authorities.fault(of: signer, through: others, at: now) else { return }
        if let (reason, remedy) = AppleAuthority.explanation(of: signer, others: others, for: authorities) {
            return add(.error, reason, remedy, &findings)
        }
        // The dates of the pass certificate itself are told where certificates are looked at.
        if case .untrustedChain(signer.subject, _) = fault, !signer.isValid(at: now) { return }
        add(
            .error, fault.description,
            authorities.areApples
                ? "Sign with a Pass Type ID certificate of Apple's and include its intermediate."
                : "Include every certificate between the pass certificate and the root that is believed.", &findings)
    }

    private func add(
        _ severity: Finding.Severity, _ reason: String, _ remedy: String, effect: PhoneEffect = .refusesPackage,
        _ findings: inout [Finding]
    ) {
        findings.append(Finding(severity, Self.file, reason, effect, remedy))
    }
}
