import JSON

/// What an admin puts as a wallet configuration; the keys of its answer are ignored in it.
public struct WalletConfigurationRequest: Codable, Hashable, Sendable {
    /// The configuration's name among admins.
    public var name: String
    /// The organisation that passes show.
    public var organizationName: String?
    /// Apple's part: absent stays as it is, null removes it.
    public var apple: Field<AppleConfigurationRequest>
    /// Google's part: absent stays as it is, null removes it.
    public var google: Field<GoogleConfigurationRequest>

    /// Makes a request.
    public init(
        name: String, organizationName: String? = nil, apple: Field<AppleConfigurationRequest> = .absent,
        google: Field<GoogleConfigurationRequest> = .absent
    ) {
        self.name = name
        self.organizationName = organizationName
        self.apple = apple
        self.google = google
    }

    private enum CodingKeys: String, CodingKey {
        case name, organizationName, apple, google
    }

    /// Reads a request.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: RequestKey<CodingKeys, AnswerKey>.self)
        var faults = FaultCollector()
        let name = faults.collect { try container.decode(String.self, forKey: .own(.name)) }
        organizationName =
            faults.collect { try container.decodeIfPresent(String.self, forKey: .own(.organizationName)) } ?? nil
        let apple = faults.collect {
            try container.decode(Field<AppleConfigurationRequest>.self, forKey: .own(.apple))
        }
        let google = faults.collect {
            try container.decode(Field<GoogleConfigurationRequest>.self, forKey: .own(.google))
        }
        guard !faults.hasFaults, let name, let apple, let google else { throw faults.failure }
        self.name = name
        self.apple = apple
        self.google = google
    }
}
