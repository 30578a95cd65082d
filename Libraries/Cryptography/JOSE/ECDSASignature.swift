import COpenSSL

/// The two spellings of a P-256 signature: DER, and r and s of 32 bytes each (RFC 7518 §3.4).
enum ECDSASignature {
    private static let half: Int32 = 32

    static func raw(fromDER der: [UInt8]) throws(CryptographyError) -> [UInt8] {
        let signature = der.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            return d2i_ECDSA_SIG(nil, &position, bytes.count)
        }
        guard let signature else { throw ErrorQueue.failure("encode a signature") }
        defer { ECDSA_SIG_free(signature) }
        var raw = [UInt8](repeating: 0, count: Int(2 * half))
        let isDone = raw.withUnsafeMutableBufferPointer { output in
            guard let start = output.baseAddress else { return false }
            return BN_bn2binpad(ECDSA_SIG_get0_r(signature), start, half) == half
                && BN_bn2binpad(ECDSA_SIG_get0_s(signature), start + Int(half), half) == half
        }
        guard isDone else { throw ErrorQueue.failure("encode a signature") }
        return raw
    }

    /// The DER of r and s; nil when they are not 64 bytes.
    static func der(fromRaw raw: [UInt8]) -> [UInt8]? {
        guard raw.count == Int(2 * half) else { return nil }
        return DER.sequence(integer(raw[..<Int(half)]), integer(raw[Int(half)...]))
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let significant = bytes.drop { $0 == 0 }
        let needsZero = significant.first.map { $0 >= 0x80 } ?? true
        return DER.value(0x02, (needsZero ? [0] : []) + significant)
    }
}
