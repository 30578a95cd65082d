/// A file of certificates and keys of whatever kind: what is in it, as far as it can be read.
public struct CredentialFile: Sendable {
    /// How the file is made.
    public enum Format: Hashable, Sendable {
        case pem
        case der
        /// DER in base64 without the lines around it.
        case base64
        /// A key with its certificates; an old one uses RC2 or triple DES.
        case pkcs12(isOld: Bool)
        /// None of these.
        case unknown
    }

    /// One thing in the file.
    public enum Item: Sendable {
        case certificate(Certificate)
        case privateKey(PrivateKey)
        /// A private key, or a whole PKCS#12 file, that does not open with the password.
        case locked(CryptographyError)
        case certificateRequest
        case publicKey
        /// A signed message with content: a provisioning profile is one.
        case signedContent
        /// A thing that is named and can't be read.
        case unreadable(String, CryptographyError)
    }

    /// How the file is made.
    public let format: Format
    /// What is in it, in the order of the file.
    public let items: [Item]

    /// Reads a file.
    /// - Parameter password: of an encrypted key or a PKCS#12 file; empty and none are tried as the same.
    public init(_ bytes: [UInt8], password: String? = nil) {
        if bytes.first == 0x30, let (format, items) = Self.read(der: bytes, password) {
            (self.format, self.items) = (format, items)
            return
        }
        let blocks = PEM.blocks(in: bytes)
        if !blocks.isEmpty {
            (format, items) = (.pem, blocks.flatMap { Self.items(of: $0, password) })
        } else if let der = Self.base64(bytes), let (format, items) = Self.read(der: der, password) {
            self.format = format == .der ? .base64 : format
            self.items = items
        } else {
            (format, items) = (.unknown, [])
        }
    }

    /// The certificates, in the order of the file.
    public var certificates: [Certificate] {
        items.compactMap { if case .certificate(let certificate) = $0 { certificate } else { nil } }
    }

    /// The first private key.
    public var privateKey: PrivateKey? {
        items.lazy.compactMap { if case .privateKey(let key) = $0 { key } else { nil } }.first
    }

    private static func items(of block: PEM.Block, _ password: String?) -> [Item] {
        switch block.label {
        case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
            return [certificate(block.der ?? [])]
        case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST": return [.certificateRequest]
        case "PUBLIC KEY", "RSA PUBLIC KEY": return [.publicKey]
        case "PKCS7", "CMS": return message(block.der ?? []) ?? [.unreadable(block.label, .malformed("signature"))]
        case let label where label.hasSuffix("PRIVATE KEY"): return [privateKey(block.text, password)]
        default: return [.unreadable(block.label, .malformed("block"))]
        }
    }

    private static func certificate(_ der: [UInt8]) -> Item {
        do throws(CryptographyError) {
            return .certificate(try Certificate(der: der))
        } catch {
            return .unreadable("certificate", error)
        }
    }

    private static func privateKey(_ pem: String, _ password: String?) -> Item {
        do throws(CryptographyError) {
            return .privateKey(try PrivateKey(pem: pem, password: password))
        } catch {
            switch error {
            case .passwordRequired, .wrongPassword, .unsupportedEncryption: return .locked(error)
            default: return .unreadable("private key", error)
            }
        }
    }

    /// Tries the kinds of DER one after the other: they have no names.
    private static func read(der: [UInt8], _ password: String?) -> (Format, [Item])? {
        if let certificate = try? Certificate(der: der) { return (.der, [.certificate(certificate)]) }
        if let items = pkcs12(der, password) { return (.pkcs12(isOld: OldEncryption.isUsed(in: der)), items) }
        if let items = message(der) { return (.der, items) }
        if let key = try? PrivateKey(der: der) { return (.der, [.privateKey(key)]) }
        if CertificateRequestHandle.isRequest(der) { return (.der, [.certificateRequest]) }
        if (try? PublicKey(der: der)) != nil { return (.der, [.publicKey]) }
        return nil
    }

    private static func pkcs12(_ der: [UInt8], _ password: String?) -> [Item]? {
        do throws(CryptographyError) {
            let (key, certificate, chain) = try PKCS12.parse(der, password: password ?? "")
            return [.privateKey(key), .certificate(certificate)] + chain.map(Item.certificate)
        } catch {
            switch error {
            case .malformed: return nil
            case .wrongPKCS12Password, .unsupportedEncryption: return [.locked(error)]
            default: return [.unreadable("PKCS#12 file", error)]
            }
        }
    }

    private static func message(_ der: [UInt8]) -> [Item]? {
        guard let signature = try? CMSSignature(der: der) else { return nil }
        let certificates = signature.certificates.map(Item.certificate)
        return signature.isDetached || signature.signerCount == 0 ? certificates : [.signedContent] + certificates
    }

    private static func base64(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count < 1 << 20, let text = String(validating: bytes, as: UTF8.self) else { return nil }
        return Base64.decode(text.filter { !$0.isWhitespace })
    }
}
