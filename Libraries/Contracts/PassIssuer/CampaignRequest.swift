import HTTPTypes
import JSON

/// What an admin puts as a campaign; the keys of its answer are ignored in it.
public struct CampaignRequest: Codable, Hashable, Sendable {
    /// The campaign's name among admins.
    public var name: String
    /// The wallet configuration that its passes are made with.
    public var walletConfigurationId: WalletConfigurationID
    /// The content in the vocabulary of pass.json, with tokens.
    public var pass: JSONObject
    /// Translations: an object of texts for each language.
    public var localizations: JSONObject?
    /// What Google's side has beyond the mapped content.
    public var google: GoogleOverrides?
    /// How tokens without a value are treated.
    public var tokens: TokenPolicy?
    /// Apple's rewards enrolment.
    public var personalization: Personalization?
    /// From when on links answer 410.
    public var endsAt: Instant?

    /// Makes a request.
    public init(
        name: String, walletConfigurationId: WalletConfigurationID, pass: JSONObject, localizations: JSONObject? = nil,
        google: GoogleOverrides? = nil, tokens: TokenPolicy? = nil, personalization: Personalization? = nil,
        endsAt: Instant? = nil
    ) {
        self.name = name
        self.walletConfigurationId = walletConfigurationId
        self.pass = pass
        self.localizations = localizations
        self.google = google
        self.tokens = tokens
        self.personalization = personalization
        self.endsAt = endsAt
    }

    enum CodingKeys: String, CodingKey {
        case name, walletConfigurationId, pass, localizations, google, tokens, personalization, endsAt
    }

    /// Reads a request.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: RequestKey<CodingKeys, AnswerKey>.self)
        var faults = FaultCollector()
        let name = faults.collect { try container.decode(String.self, forKey: .own(.name)) }
        let walletConfigurationId = faults.collect {
            try container.decode(WalletConfigurationID.self, forKey: .own(.walletConfigurationId))
        }
        let pass = faults.collect { try container.decode(JSONObject.self, forKey: .own(.pass)) }
        /// Reads a member that may be missing.
        func optional<Member: Decodable>(_ key: CodingKeys) -> Member? {
            faults.collect { try container.decodeIfPresent(Member.self, forKey: .own(key)) } ?? nil
        }
        localizations = optional(.localizations)
        google = optional(.google)
        tokens = optional(.tokens)
        personalization = optional(.personalization)
        endsAt = optional(.endsAt)
        guard !faults.hasFaults, let name, let walletConfigurationId, let pass else { throw faults.failure }
        self.name = name
        self.walletConfigurationId = walletConfigurationId
        self.pass = pass
    }
}
