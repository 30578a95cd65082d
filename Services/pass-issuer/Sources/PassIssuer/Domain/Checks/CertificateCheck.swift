import Cryptography
import HTTPTypes
import JSON

/// The certificate that signed a pass: of the right kind, of this pass type and team, and not expired.
struct CertificateCheck {
    /// Since 1970.
    let now: Int
    private static let secondsOfWarning = 30 * 86_400

    func check(_ certificate: Certificate, against pass: JSONObject?, _ findings: inout [Finding]) {
        checkKind(certificate, pass, &findings)
        checkValidity(certificate, &findings)
        guard let pass else { return }
        checkIdentity(certificate, pass, &findings)
    }

    private func checkKind(_ certificate: Certificate, _ pass: JSONObject?, _ findings: inout [Finding]) {
        switch CertificateKind(certificate) {
        case .passType(_, let hasNFC):
            guard pass?["nfc"] != nil, !hasNFC else { return }
            add(
                .warning, "The pass uses NFC, and its certificate's name does not say that it may.",
                "Ask Apple for an NFC certificate; others' NFC passes are shown without NFC.", .ignores, &findings)
        case .intermediate, .root:
            add(
                .error, "\(certificate.subject) signed the pass itself; it is an authority.",
                "Sign with the Pass Type ID certificate.", .refusesPackage, &findings)
        case .other(let kind):
            add(
                .error, "The pass is signed with \(kind): \(certificate.subject).",
                "Sign with the Pass Type ID certificate of the pass type.", .refusesPackage, &findings)
        case .unknown:
            add(
                .error, "\(certificate.subject) has none of Apple's markers of a pass certificate.",
                "Sign with the Pass Type ID certificate of the pass type.", .refusesPackage, &findings)
        }
    }

    private func checkValidity(_ certificate: Certificate, _ findings: inout [Finding]) {
        let end = Instant(seconds: certificate.notAfter).rfc3339
        if now > certificate.notAfter {
            add(
                .error, "The certificate expired on \(end).",
                "Renew it under the same pass type identifier and sign anew.", .keepsInstalledOnly, &findings)
        } else if now < certificate.notBefore {
            add(
                .error, "The certificate is valid only from \(Instant(seconds: certificate.notBefore).rfc3339).",
                "Wait until then, or check this machine's clock.", .refusesPackage, &findings)
        } else if certificate.notAfter - now < Self.secondsOfWarning {
            add(
                .warning, "The certificate expires on \(end).", "Renew it under the same pass type identifier.",
                .keepsInstalledOnly, &findings)
        }
    }

    private func checkIdentity(_ certificate: Certificate, _ pass: JSONObject, _ findings: inout [Finding]) {
        let passType = pass["passTypeIdentifier"]?.stringValue
        compare(
            "passTypeIdentifier", passType, certificate.subjectUID, "the subject UID of the certificate", &findings)
        compare(
            "teamIdentifier", pass["teamIdentifier"]?.stringValue, certificate.organizationalUnit,
            "the subject OU of the certificate", &findings)
        guard let marked = CertificateKind.markedPassType(of: certificate), marked != certificate.subjectUID else {
            return
        }
        compare("passTypeIdentifier", passType, marked, "the pass type in the certificate's own marker", &findings)
    }

    private func compare(
        _ key: String, _ written: String?, _ certified: String?, _ place: String, _ findings: inout [Finding]
    ) {
        guard let written, written != certified else { return }
        findings.append(
            Finding(
                .error, "pass.json",
                certified.map { "\(key) is \"\(written)\", and \(place) is \"\($0)\"." }
                    ?? "\(key) is \"\(written)\", and the certificate names none.", .refusesPackage,
                "Write what the certificate says, or sign with the certificate of \(written).",
                at: JSONPointer(tokens: [key])))
    }

    private func add(
        _ severity: Finding.Severity, _ reason: String, _ remedy: String, _ effect: PhoneEffect,
        _ findings: inout [Finding]
    ) {
        findings.append(Finding(severity, SignatureCheck.file, reason, effect, remedy))
    }
}
