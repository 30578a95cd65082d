/// The algorithms of old PKCS#12 files, which OpenSSL 3 opens with its legacy provider alone.
enum OldEncryption {
    /// pbeWithSHAAnd40BitRC2-CBC and its siblings with RC4 and 128-bit RC2 (RFC 7292 appendix C).
    private static let identifiers: [[UInt8]] = [1, 2, 5, 6].map { number in
        DER.objectIdentifier(1, 2, 840, 113549, 1, 12, 1, number)
    }

    /// Whether a file names one of them; they stand outside of what is encrypted.
    static func isUsed(in der: [UInt8]) -> Bool {
        guard let first = identifiers[0].first else { return false }
        var start = der.startIndex
        while let index = der[start...].firstIndex(of: first) {
            if identifiers.contains(where: { der[index...].starts(with: $0) }) { return true }
            start = index + 1
        }
        return false
    }
}
