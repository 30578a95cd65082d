import COpenSSL

/// A CMS structure of OpenSSL while its parts are read.
struct CMSHandle: ~Copyable {
    private let pointer: OpaquePointer

    /// Parses SignedData and refuses bytes behind it.
    init(der: [UInt8]) throws(CryptographyError) {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        let (pointer, isWhole) = der.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            let pointer = d2i_CMS_ContentInfo(nil, &position, bytes.count)
            return (pointer, position == bytes.baseAddress.map { $0 + bytes.count })
        }
        guard let pointer else { throw .malformed("signature") }
        guard isWhole, OBJ_obj2nid(CMS_get0_type(pointer)) == NID_pkcs7_signed else {
            CMS_ContentInfo_free(pointer)
            throw .malformed("signature")
        }
        self.pointer = pointer
    }

    deinit { CMS_ContentInfo_free(pointer) }

    var signerCount: Int { Int(wallet_cms_signer_count(pointer)) }

    var isDetached: Bool { CMS_is_detached(pointer) == 1 }

    private var firstSigner: OpaquePointer? {
        signerCount > 0 ? wallet_cms_signer(pointer, 0) : nil
    }

    /// The certificates inside, those left out that can't be read.
    func certificates() -> [Certificate] {
        guard let stack = CMS_get1_certs(pointer) else { return [] }
        defer { wallet_x509_stack_free(stack) }
        var certificates: [Certificate] = []
        for index in 0..<wallet_x509_stack_count(stack) {
            var output: UnsafeMutablePointer<UInt8>?
            let length = i2d_X509(wallet_x509_stack_value(stack, index), &output)
            guard length > 0, let output else { continue }
            defer { wallet_free(output) }
            let der = Array(UnsafeBufferPointer(start: output, count: Int(length)))
            if let certificate = try? Certificate(der: der) { certificates.append(certificate) }
        }
        return certificates
    }

    /// Whether a certificate is the one that the first signer names.
    func isFirstSigner(_ certificate: Certificate) -> Bool {
        guard let firstSigner else { return false }
        let parsed = certificate.der.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            return d2i_X509(nil, &position, bytes.count)
        }
        guard let parsed else { return false }
        defer { X509_free(parsed) }
        return CMS_SignerInfo_cert_cmp(firstSigner, parsed) == 0
    }

    var digestAlgorithm: String {
        var algorithm: UnsafeMutablePointer<X509_ALGOR>?
        guard let firstSigner else { return "" }
        CMS_SignerInfo_get0_algs(firstSigner, nil, nil, &algorithm, nil)
        guard let algorithm, let name = OBJ_nid2sn(OBJ_obj2nid(algorithm.pointee.algorithm)) else { return "" }
        return String(cString: name)
    }

    var signingTime: Int? {
        guard let firstSigner, let time = wallet_cms_signing_time(firstSigner) else { return nil }
        return CertificateHandle.seconds(time)
    }

    /// Checks the signatures over content, by the certificates inside, without regard to their trust.
    func verify(_ content: [UInt8]) -> Bool {
        defer { ErrorQueue.clear() }
        guard let length = Int32(exactly: content.count) else { return false }
        // A byte more than is read: an empty array has no address.
        return (content + [0]).withUnsafeBytes { bytes in
            guard let reader = BIO_new_mem_buf(bytes.baseAddress, length) else { return false }
            defer { BIO_free(reader) }
            let flags = UInt32(CMS_BINARY | CMS_DETACHED | CMS_NO_SIGNER_CERT_VERIFY)
            return CMS_verify(pointer, nil, nil, reader, nil, flags) == 1
        }
    }
}
