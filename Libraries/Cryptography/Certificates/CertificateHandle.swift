import COpenSSL

/// A certificate of OpenSSL while its parts are read.
struct CertificateHandle: ~Copyable {
    private let pointer: OpaquePointer

    /// Parses DER and refuses bytes behind it.
    init(der: [UInt8]) throws(CryptographyError) {
        ErrorQueue.clear()
        let (pointer, isWhole) = der.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            let pointer = d2i_X509(nil, &position, bytes.count)
            return (pointer, position == bytes.baseAddress.map { $0 + bytes.count })
        }
        guard let pointer else {
            ErrorQueue.clear()
            throw .malformed("certificate")
        }
        guard isWhole else {
            X509_free(pointer)
            throw .malformed("certificate")
        }
        self.pointer = pointer
    }

    deinit { X509_free(pointer) }

    /// The subject as RFC 4514 writes it.
    var subject: String { Self.text(of: X509_get_subject_name(pointer)) }
    /// The issuer as RFC 4514 writes it.
    var issuer: String { Self.text(of: X509_get_issuer_name(pointer)) }
    /// The issuer as it is encoded.
    var issuerDER: [UInt8] { Self.encoding { i2d_X509_NAME(X509_get_issuer_name(pointer), $0) } }
    /// The serial number as it is encoded.
    var serialDER: [UInt8] { Self.encoding { i2d_ASN1_INTEGER(X509_get0_serialNumber(pointer), $0) } }
    /// The SubjectPublicKeyInfo.
    var publicKeyDER: [UInt8] { Self.encoding { i2d_X509_PUBKEY(X509_get_X509_PUBKEY(pointer), $0) } }
    /// Whether its constraints let it issue certificates.
    var isAuthority: Bool { X509_check_ca(pointer) == 1 }
    var subjectKeyIdentifier: [UInt8]? { Self.bytes(of: X509_get0_subject_key_id(pointer)) }
    var authorityKeyIdentifier: [UInt8]? { Self.bytes(of: X509_get0_authority_key_id(pointer)) }

    /// The serial number in upper-case digits, as `openssl x509 -serial` prints it.
    var serialNumberHex: String {
        guard let number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(pointer), nil) else { return "" }
        defer { BN_free(number) }
        guard let text = BN_bn2hex(number) else { return "" }
        defer { wallet_free(text) }
        return String(cString: text)
    }

    /// The first and the last second of validity, since 1970.
    func validity() throws(CryptographyError) -> (from: Int, to: Int) {
        guard let from = Self.seconds(X509_get0_notBefore(pointer)), let to = Self.seconds(X509_get0_notAfter(pointer))
        else { throw .malformed("certificate") }
        return (from, to)
    }

    /// The first attribute of the subject with a numeric identifier (dotted) of OpenSSL's tables.
    func subjectAttribute(_ identifier: Int32) -> String? {
        let name = X509_get_subject_name(pointer)
        let index = X509_NAME_get_index_by_NID(name, identifier, -1)
        guard index >= 0, let data = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)) else { return nil }
        var output: UnsafeMutablePointer<UInt8>?
        let length = ASN1_STRING_to_UTF8(&output, data)
        defer { ErrorQueue.clear() }
        guard length >= 0, let output else { return nil }
        defer { wallet_free(output) }
        return String(validating: UnsafeBufferPointer(start: output, count: Int(length)), as: UTF8.self)
    }

    /// The content of an extension named by its dotted identifier; nil when the certificate has none.
    func extensionValue(_ identifier: String) -> [UInt8]? {
        guard let object = OBJ_txt2obj(identifier, 1) else {
            ErrorQueue.clear()
            return nil
        }
        defer { ASN1_OBJECT_free(object) }
        let index = X509_get_ext_by_OBJ(pointer, object, -1)
        guard index >= 0 else { return nil }
        return Self.bytes(of: X509_EXTENSION_get_data(X509_get_ext(pointer, index)))
    }

    /// Whether another certificate issued this one: names, key identifiers, right to sign, and the signature itself.
    func isIssued(by other: borrowing CertificateHandle) -> Bool {
        defer { ErrorQueue.clear() }
        return X509_check_issued(other.pointer, pointer) == X509_V_OK
            && X509_verify(pointer, X509_get0_pubkey(other.pointer)) == 1
    }

    private static func text(of name: OpaquePointer?) -> String {
        guard let bio = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(bio) }
        guard X509_NAME_print_ex(bio, name, 0, wallet_name_flags()) >= 0 else { return "" }
        var data: UnsafeMutablePointer<CChar>?
        let length = wallet_bio_data(bio, &data)
        guard length > 0, let data else { return "" }
        return UnsafeRawBufferPointer(start: data, count: length).withMemoryRebound(to: UInt8.self) {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private static func encoding(
        _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> Int32
    ) -> [UInt8] {
        var output: UnsafeMutablePointer<UInt8>?
        let length = encode(&output)
        guard length > 0, let output else { return [] }
        defer { wallet_free(output) }
        return Array(UnsafeBufferPointer(start: output, count: Int(length)))
    }

    private static func bytes(of string: UnsafePointer<ASN1_OCTET_STRING>?) -> [UInt8]? {
        guard let string, let data = ASN1_STRING_get0_data(string) else { return nil }
        return Array(UnsafeBufferPointer(start: data, count: Int(ASN1_STRING_length(string))))
    }

    /// An instant in seconds since 1970.
    static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int? {
        guard let time, let epoch = ASN1_TIME_set(nil, 0) else { return nil }
        defer { ASN1_STRING_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else {
            ErrorQueue.clear()
            return nil
        }
        return Int(days) * 86_400 + Int(seconds)
    }
}
