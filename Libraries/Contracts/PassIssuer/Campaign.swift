import HTTPTypes

/// A campaign as it is answered: what was put, and how it stands.
public struct Campaign: Codable, Hashable, Sendable {
    /// What was put; its members stand beside the others.
    public var content: CampaignRequest
    /// Its id.
    public var id: CampaignID
    /// Grows by one with each change of content, images included.
    public var version: Int
    /// Where it stands.
    public var state: CampaignState
    /// What its admin should look after.
    public var warnings: [String]
    /// Its class at Google.
    public var googleClass: GoogleClassStatus?
    /// How many passes it has.
    public var passes: Int
    /// The rollout of the change that was just put, when it reaches installed passes.
    public var rollout: Rollout?
    /// When it was put first.
    public var createdAt: Instant
    /// When it changed last.
    public var updatedAt: Instant

    /// Makes an answer.
    public init(
        content: CampaignRequest, id: CampaignID, version: Int, state: CampaignState, warnings: [String] = [],
        googleClass: GoogleClassStatus? = nil, passes: Int, rollout: Rollout? = nil, createdAt: Instant,
        updatedAt: Instant
    ) {
        self.content = content
        self.id = id
        self.version = version
        self.state = state
        self.warnings = warnings
        self.googleClass = googleClass
        self.passes = passes
        self.rollout = rollout
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Reads an answer.
    public init(from decoder: any Decoder) throws {
        content = try CampaignRequest(from: decoder)
        let container = try decoder.container(keyedBy: RequestKey<AnswerKey, CampaignRequest.CodingKeys>.self)
        id = try container.decode(CampaignID.self, forKey: .own(.id))
        version = try container.decode(Int.self, forKey: .own(.version))
        state = try container.decode(CampaignState.self, forKey: .own(.state))
        warnings = try container.decode([String].self, forKey: .own(.warnings))
        googleClass = try container.decodeIfPresent(GoogleClassStatus.self, forKey: .own(.googleClass))
        passes = try container.decode(Int.self, forKey: .own(.passes))
        rollout = try container.decodeIfPresent(Rollout.self, forKey: .own(.rollout))
        createdAt = try container.decode(Instant.self, forKey: .own(.createdAt))
        updatedAt = try container.decode(Instant.self, forKey: .own(.updatedAt))
    }

    /// Writes an answer.
    public func encode(to encoder: any Encoder) throws {
        try content.encode(to: encoder)
        var container = encoder.container(keyedBy: AnswerKey.self)
        try container.encode(id, forKey: .id)
        try container.encode(version, forKey: .version)
        try container.encode(state, forKey: .state)
        try container.encode(warnings, forKey: .warnings)
        try container.encodeIfPresent(googleClass, forKey: .googleClass)
        try container.encode(passes, forKey: .passes)
        try container.encodeIfPresent(rollout, forKey: .rollout)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(updatedAt, forKey: .updatedAt)
    }
}
