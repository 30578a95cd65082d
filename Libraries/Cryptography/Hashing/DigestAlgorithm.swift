import COpenSSL

/// A digest of OpenSSL, fetched once: an implicit fetch at each use costs more than hashing a short message.
final class DigestAlgorithm: @unchecked Sendable {
    // Unchecked: a fetched EVP_MD is never written again, and OpenSSL counts its references atomically.
    fileprivate let pointer: OpaquePointer

    static let sha1 = DigestAlgorithm("SHA1")
    static let sha256 = DigestAlgorithm("SHA256")

    private init(_ name: String) {
        guard let pointer = EVP_MD_fetch(nil, name, nil) else {
            fatalError("OpenSSL's default provider has no \(name).")
        }
        self.pointer = pointer
    }

    deinit { EVP_MD_free(pointer) }
}

/// A digest in the making.
struct DigestContext: ~Copyable {
    private let pointer: OpaquePointer

    init(_ algorithm: DigestAlgorithm) {
        guard let pointer = EVP_MD_CTX_new(), EVP_DigestInit_ex2(pointer, algorithm.pointer, nil) == 1 else {
            fatalError("OpenSSL has no memory for a digest.")
        }
        self.pointer = pointer
    }

    deinit { EVP_MD_CTX_free(pointer) }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        let result = EVP_DigestUpdate(pointer, bytes.baseAddress, bytes.count)
        precondition(result == 1, "OpenSSL refused bytes of a digest.")
    }

    consuming func finalize(length: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: length) { output, count in
            var written: UInt32 = 0
            let result = EVP_DigestFinal_ex(pointer, output.baseAddress, &written)
            precondition(result == 1 && written == length, "OpenSSL did not finish a digest.")
            count = length
        }
    }
}
