import Cryptography
import HTTPTypes

/// What a file of certificates and keys is good for, in words.
struct CredentialReport: Sendable {
    /// What somebody should know of it.
    struct Note: Hashable, Sendable {
        let severity: Finding.Severity
        let reason: String
        let remedy: String?
    }

    /// What is in the file, a line each.
    private(set) var contents: [String] = []
    private(set) var notes: [Note] = []
    /// Whether passes can be signed with it, or it is the intermediate that belongs to such a certificate.
    var isUsable: Bool { isOfPasses && !notes.contains { $0.severity == .error } }

    private var isOfPasses = false
    private let now: Int
    private static let secondsOfWarning = 60 * 86_400
    private static let portal = "developer.apple.com, Certificates, Identifiers & Profiles, Pass Type ID Certificate"

    /// Looks a file through at an instant, in seconds since 1970.
    init(_ bytes: [UInt8], password: String?, now: Int) {
        self.now = now
        let file = CredentialFile(bytes, password: password)
        contents.append(Self.line(of: file.format))
        if file.format == .unknown { explainUnknown(bytes) }
        for item in file.items { look(at: item, hasPassword: password != nil) }
        let leaves = file.certificates.filter { if case .passType = CertificateKind($0) { true } else { false } }
        for leaf in leaves { checkChain(of: leaf, in: file) }
        checkKey(file, leaves)
        if !isOfPasses, !notes.contains(where: { $0.severity == .error }) {
            note(.error, "There is no pass certificate in the file.", "Make one: \(Self.portal).")
        }
    }

    private static func line(of format: CredentialFile.Format) -> String {
        switch format {
        case .pem: "a PEM file"
        case .der: "a DER file"
        case .base64: "DER in base64, without the lines of PEM around it"
        case .pkcs12(false): "a PKCS#12 file"
        case .pkcs12(true): "a PKCS#12 file, encrypted with old algorithms (RC2 or RC4)"
        case .unknown: "no file of certificates or keys that is known here"
        }
    }

    private mutating func look(at item: CredentialFile.Item, hasPassword: Bool) {
        switch item {
        case .certificate(let certificate): look(at: certificate)
        case .privateKey(let key): contents.append("a private key (\(key.kind == .p256 ? "P-256" : "RSA"))")
        case .locked(let error):
            contents.append("something that is locked by a password")
            note(
                .error, hasPassword ? error.description : "The file opens with a password alone.",
                "Write the password into a file and name it: --password-file FILE.")
        case .certificateRequest:
            contents.append("a certificate signing request")
            note(
                .error, "This is a request for a certificate, which nothing can be signed with.",
                "Upload it in Apple's portal and use the certificate that it gives: \(Self.portal).")
        case .publicKey: contents.append("a public key")
        case .signedContent:
            contents.append("a signed document, such as a provisioning profile")
            note(.error, "A provisioning profile is for apps.", "Use the Pass Type ID certificate: \(Self.portal).")
        case .unreadable(let name, let error):
            contents.append(name)
            note(.error, error.description, "Export the file anew.")
        }
    }

    private mutating func look(at certificate: Certificate) {
        let name = certificate.commonName ?? certificate.subject
        let until = "valid until \(Instant(seconds: certificate.notAfter).rfc3339)"
        switch CertificateKind(certificate) {
        case .passType(let identifier, let hasNFC):
            isOfPasses = true
            let nfc = hasNFC ? ", with NFC" : ""
            contents.append("the pass certificate \"\(name)\"\(nfc), issued by \(certificate.issuer), \(until)")
            if identifier == nil {
                note(
                    .error, "Its subject has no UID, so it names no pass type identifier.",
                    "Use the certificate as Apple issued it.")
            }
            if certificate.organizationalUnit == nil {
                note(.error, "Its subject has no OU, so it names no team.", "Use the certificate as Apple issued it.")
            }
            checkValidity(of: certificate, "The pass certificate")
        case .intermediate(let generation):
            isOfPasses = true
            let known = (generation ?? AppleAuthority.name(of: certificate)).map { " (generation \($0))" } ?? ""
            contents.append("the intermediate \"\(name)\"\(known), \(until)")
            checkValidity(of: certificate, "The intermediate")
        case .root: contents.append("Apple's root \"\(name)\", which is in every phone and needed nowhere else")
        case .other(let kind):
            contents.append("\(kind): \"\(name)\", \(until)")
            note(
                .error, "This is \(kind). It can't sign passes, whatever its team.",
                "Make a Pass Type ID certificate: \(Self.portal).")
        case .unknown:
            contents.append("a certificate without Apple's markers: \"\(name)\", \(until)")
            note(.error, "Apple did not issue it for passes.", "Make a Pass Type ID certificate: \(Self.portal).")
        }
    }

    private mutating func checkValidity(of certificate: Certificate, _ subject: String) {
        let end = Instant(seconds: certificate.notAfter).rfc3339
        if now > certificate.notAfter {
            note(
                .error, "\(subject) expired on \(end). Installed passes stay; new ones and updates are refused.",
                "Renew it under the same pass type identifier.")
        } else if now < certificate.notBefore {
            note(
                .error, "\(subject) is valid only from \(Instant(seconds: certificate.notBefore).rfc3339).",
                "Wait until then, or check this machine's clock.")
        } else if certificate.notAfter - now < Self.secondsOfWarning {
            note(.warning, "\(subject) expires on \(end).", "Renew it under the same pass type identifier.")
        }
    }

    private mutating func checkChain(of leaf: Certificate, in file: CredentialFile) {
        let others = file.certificates.filter { $0 != leaf }
        guard !others.contains(where: { leaf.isIssued(by: $0) }) else { return }
        if others.contains(where: \.isAuthority) {
            let (reason, remedy) =
                AppleAuthority.explanation(of: leaf, others: others, for: .apple)
                ?? ("The intermediate did not issue the certificate.", AppleAuthority.remedy(for: leaf))
            note(.error, reason, remedy)
        } else {
            note(.information, "The intermediate is not in the file.", AppleAuthority.remedy(for: leaf))
        }
    }

    private mutating func checkKey(_ file: CredentialFile, _ leaves: [Certificate]) {
        guard let key = file.privateKey else {
            guard !leaves.isEmpty else { return }
            return note(
                .information, "The private key is not in the file.",
                "It is where the signing request was made: in the Keychain of that Mac, or here with a signing request of "
                    + "the wallet configuration.")
        }
        if leaves.isEmpty {
            if file.certificates.isEmpty, key.kind == .p256 {
                note(
                    .information, "A lone P-256 key may be an APNs authentication key (.p8).",
                    "It can send pushes as `apple.pushKey`, and sign nothing.")
            }
        } else if !leaves.contains(where: key.matches) {
            note(
                .error, "The private key does not belong to the certificate.",
                "Use the key that its signing request was made with.")
        }
    }

    private mutating func explainUnknown(_ bytes: [UInt8]) {
        let kinds: [(beginning: [UInt8], words: String)] = [
            (
                [0xFE, 0xED, 0xFE, 0xED],
                "A Java keystore: convert it with keytool -importkeystore -deststoretype pkcs12."
            ),
            (Array("PK".utf8), "A ZIP archive or a package: check a package with pass-issuer check."),
            (Array("ssh-".utf8), "An SSH key, which is for logging in."),
            (Array("<".utf8), "An HTML or XML page: the download asked for a login, perhaps."),
            (Array("{".utf8), "JSON: a service account of Google's goes into `google.serviceAccount`."),
        ]
        let hint = kinds.first { bytes.starts(with: $0.beginning) }?.words
        note(
            .error, bytes.isEmpty ? "The file is empty." : "The file holds neither certificates nor keys.",
            hint ?? "Send PEM, DER or PKCS#12, as Apple's portal and Keychain Access write them.")
    }

    private mutating func note(_ severity: Finding.Severity, _ reason: String, _ remedy: String?) {
        notes.append(Note(severity: severity, reason: reason, remedy: remedy))
    }
}

extension CredentialReport {
    /// The report for a person at the command line.
    var text: String {
        var lines = contents.map { "  " + TerminalText.plain($0) }
        for note in notes.sorted(by: { $0.severity < $1.severity }) {
            lines += ["", "\(note.severity.word)  \(TerminalText.plain(note.reason))"]
            if let remedy = note.remedy { lines.append("    → " + TerminalText.plain(remedy)) }
        }
        lines += ["", isUsable ? "It can be used for passes." : "It can't be used for passes as it is."]
        return lines.joined(separator: "\n") + "\n"
    }
}
