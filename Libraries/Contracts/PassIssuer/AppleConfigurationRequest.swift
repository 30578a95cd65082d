import JSON

/// Apple's part of a wallet configuration: a certificate with its key, in PEM, as PKCS#12 or for a signing request.
///
/// What GET answers is understood too: its certificate and push key hold no key material and count as left out.
public struct AppleConfigurationRequest: Codable, Hashable, Sendable {
    /// The pass type certificate in PEM.
    public var certificate: String?
    /// The certificate's private key in PEM.
    public var privateKey: Confidential<String>?
    /// The private key's password.
    public var privateKeyPassword: Confidential<String>?
    /// The intermediate certificate that issued the certificate, in PEM.
    public var intermediate: String?
    /// Certificate and key as PKCS#12 in Base64.
    public var pkcs12: Confidential<String>?
    /// The password of the PKCS#12 file.
    public var password: Confidential<String>?
    /// The signing request whose key the certificate belongs to.
    public var signingRequest: SigningRequestID?
    /// A key for token authentication with APNs; null removes it.
    public var pushKey: Field<PushKey>

    /// Makes Apple's part from PEM texts.
    public init(
        certificate: String? = nil, privateKey: Confidential<String>? = nil,
        privateKeyPassword: Confidential<String>? = nil, intermediate: String? = nil,
        signingRequest: SigningRequestID? = nil, pushKey: Field<PushKey> = .absent
    ) {
        self.certificate = certificate
        self.privateKey = privateKey
        self.privateKeyPassword = privateKeyPassword
        self.intermediate = intermediate
        self.signingRequest = signingRequest
        self.pushKey = pushKey
    }

    /// Makes Apple's part from a PKCS#12 file in Base64.
    public init(
        pkcs12: Confidential<String>, password: Confidential<String>?, intermediate: String? = nil,
        pushKey: Field<PushKey> = .absent
    ) {
        self.pkcs12 = pkcs12
        self.password = password
        self.intermediate = intermediate
        self.pushKey = pushKey
    }

    /// Whether there is anything that changes certificate or key.
    public var hasKeyMaterial: Bool {
        certificate != nil || privateKey != nil || intermediate != nil || pkcs12 != nil || signingRequest != nil
    }

    private enum CodingKeys: String, CodingKey {
        case certificate, privateKey, privateKeyPassword, intermediate, pkcs12, password, signingRequest, pushKey
    }

    private enum IgnoredKey: String, CodingKey {
        case passTypeIdentifier, teamIdentifier
    }

    /// Reads Apple's part.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: RequestKey<CodingKeys, IgnoredKey>.self)
        if case .object = try container.decodeIfPresent(JSONValue.self, forKey: .own(.certificate)) {
            certificate = nil
        } else {
            certificate = try container.decodeIfPresent(String.self, forKey: .own(.certificate))
        }
        privateKey = try container.decodeIfPresent(Confidential.self, forKey: .own(.privateKey))
        privateKeyPassword = try container.decodeIfPresent(Confidential.self, forKey: .own(.privateKeyPassword))
        intermediate = try container.decodeIfPresent(String.self, forKey: .own(.intermediate))
        pkcs12 = try container.decodeIfPresent(Confidential.self, forKey: .own(.pkcs12))
        password = try container.decodeIfPresent(Confidential.self, forKey: .own(.password))
        signingRequest = try container.decodeIfPresent(SigningRequestID.self, forKey: .own(.signingRequest))
        if case .object(let key) = try container.decodeIfPresent(JSONValue.self, forKey: .own(.pushKey)),
            key["privateKey"] == nil, key["keyId"] != nil
        {
            pushKey = .absent
        } else {
            pushKey = try container.decode(Field<PushKey>.self, forKey: .own(.pushKey))
        }
    }
}
