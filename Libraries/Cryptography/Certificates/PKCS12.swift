/// Files that hold a private key with its certificates (RFC 7292), such as Keychain exports.
public enum PKCS12 {
    /// Key, certificate and further certificates of a file, the old ones with RC2 and triple DES included.
    public static func parse(
        _ der: [UInt8], password: String
    ) throws(CryptographyError) -> (key: PrivateKey, certificate: Certificate, chain: [Certificate]) {
        var content = try LegacyContext.shared.openPKCS12(der, password: password)
        defer { cleanse(&content.key) }
        var chain: [Certificate] = []
        for der in content.chain { chain.append(try Certificate(der: der)) }
        return (try PrivateKey(der: content.key), try Certificate(der: content.certificate), chain)
    }
}
