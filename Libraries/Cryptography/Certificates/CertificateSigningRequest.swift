/// Requests for a certificate (PKCS #10, RFC 2986).
public enum CertificateSigningRequest {
    /// A request in PEM, signed with the key; empty parts of the subject are left out.
    public static func make(
        key: PrivateKey, commonName: String, organization: String? = nil, organizationalUnit: String? = nil,
        country: String? = nil, emailAddress: String? = nil
    ) throws(CryptographyError) -> String {
        var names: [[UInt8]] = []
        func add(_ identifier: [UInt8], _ text: String?, _ encode: (String) -> [UInt8]) {
            guard let text, !text.isEmpty else { return }
            names.append(DER.set([DER.sequence(identifier, encode(text))]))
        }
        add(ObjectIdentifiers.emailAddress, emailAddress, DER.ia5String)
        add(ObjectIdentifiers.commonName, commonName, DER.utf8String)
        add(ObjectIdentifiers.organization, organization, DER.utf8String)
        add(ObjectIdentifiers.organizationalUnit, organizationalUnit, DER.utf8String)
        add(ObjectIdentifiers.country, country, DER.printableString)
        let information = DER.sequence(
            DER.integer(0), DER.value(0x30, names.flatMap(\.self)), key.publicKey.der, DER.value(0xA0, []))
        let algorithm =
            switch key.kind {
            case .rsa: ObjectIdentifiers.sha256WithRSAEncryption
            case .p256: ObjectIdentifiers.ecdsaWithSHA256
            }
        let signature = try key.signature(for: information)
        let request = DER.sequence(information, algorithm, DER.bitString(signature))
        return PEM.encode(request, label: "CERTIFICATE REQUEST")
    }
}
