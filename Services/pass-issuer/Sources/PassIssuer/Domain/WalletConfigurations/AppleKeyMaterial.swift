import Contracts
import Cryptography
import JSON

/// Certificate, key and whatever other certificates came along, read from PEM or PKCS#12.
struct AppleKeyMaterial: Sendable {
    let certificate: Certificate
    let key: PrivateKey
    let others: [Certificate]
}

extension AppleKeyMaterial {
    /// Reads what a request holds.
    /// - Parameter keptKey: the key of the signing request that it names, which was made here.
    init(_ request: AppleConfigurationRequest, keptKey: PrivateKey? = nil) throws(AdministrationError) {
        let others = try Self.intermediates(request.intermediate)
        if let pkcs12 = request.pkcs12 {
            try self.init(pkcs12: pkcs12.value, password: request.password?.value ?? "", others: others)
        } else {
            try self.init(separate: request, keptKey: keptKey, others: others)
        }
    }

    private init(
        pkcs12: String, password: String, others: [Certificate]
    ) throws(AdministrationError) {
        guard let bytes = Base64.decode(pkcs12.filter { !$0.isWhitespace }) else {
            throw .faulty([.wallet("pkcs12", "This is no base64.", "Encode the file's bytes: base64 < pass.p12")])
        }
        do {
            let (key, certificate, chain) = try PKCS12.parse(bytes, password: password)
            self.init(certificate: certificate, key: key, others: others + chain)
        } catch {
            throw .faulty([
                .wallet("pkcs12", "\(error)", "Send a file with the certificate and its key, and its password.")
            ])
        }
    }

    private init(
        separate request: AppleConfigurationRequest, keptKey: PrivateKey?, others: [Certificate]
    ) throws(AdministrationError) {
        var faults: [PassFault] = []
        var certificates: [Certificate] = []
        var key = keptKey
        if let text = request.certificate {
            do { certificates = try Self.certificates(text) } catch {
                faults.append(
                    .wallet(
                        "certificate", "\(error)",
                        "Send it as PEM, as the base64 of Apple's .cer file, or as `pkcs12` with its key."))
            }
        } else {
            faults.append(.wallet("certificate", "The certificate is missing.", "Send it as PEM, or as `pkcs12`."))
        }
        if keptKey != nil, request.privateKey != nil {
            faults.append(
                .wallet(
                    "privateKey", "The signing request has its own key.",
                    "Leave out `privateKey`, or leave out `signingRequest`."))
        } else if keptKey != nil {
            // The key is there.
        } else if let text = request.privateKey {
            do { key = try PrivateKey(pem: text.value, password: request.privateKeyPassword?.value) } catch {
                faults.append(
                    .wallet(
                        "privateKey", "\(error)",
                        "Send it as PKCS#8 PEM, with `privateKeyPassword` when it is encrypted."))
            }
        } else {
            faults.append(
                .wallet("privateKey", "The private key is missing.", "Send it as PKCS#8 PEM, or as `pkcs12`."))
        }
        guard let certificate = certificates.first, let key, faults.isEmpty else { throw .faulty(faults) }
        self.init(certificate: certificate, key: key, others: Array(certificates.dropFirst()) + others)
    }

    private static func intermediates(_ pem: String?) throws(AdministrationError) -> [Certificate] {
        guard let pem else { return [] }
        do { return try certificates(pem) } catch {
            throw .faulty([
                .wallet("intermediate", "\(error)", "Send it as PEM, or as the base64 of Apple's .cer file.")
            ])
        }
    }

    /// The certificates of a PEM text, or the one whose DER the text is in base64.
    private static func certificates(_ text: String) throws(CryptographyError) -> [Certificate] {
        if !text.contains("-----"), let der = Base64.decode(text.filter { !$0.isWhitespace }) {
            return [try Certificate(der: der)]
        }
        let certificates = try Certificate.parseMany(pem: text)
        guard !certificates.isEmpty else { throw .noCertificate }
        return certificates
    }
}
