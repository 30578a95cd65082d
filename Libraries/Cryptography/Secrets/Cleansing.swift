import COpenSSL

/// Overwrites bytes that held a secret; a copy elsewhere is not reached.
func cleanse(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
}
