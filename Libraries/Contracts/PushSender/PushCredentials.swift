/// What the push sender reaches APNs with for one pass type.
public enum PushCredentials: Codable, Hashable, Sendable {
    /// The pass type certificate.
    case certificate(CertificateCredentials)
    /// A key for token authentication.
    case tokenKey(PushKey)

    private enum CodingKeys: String, CodingKey {
        case tokenKey
    }

    /// Reads a `tokenKey`, or the members of a certificate.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if container.contains(.tokenKey) {
            self = .tokenKey(try container.decode(PushKey.self, forKey: .tokenKey))
        } else {
            self = .certificate(try CertificateCredentials(from: decoder))
        }
    }

    /// Writes a `tokenKey`, or the members of a certificate.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .certificate(let credentials):
            try credentials.encode(to: encoder)
        case .tokenKey(let key):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(key, forKey: .tokenKey)
        }
    }
}
