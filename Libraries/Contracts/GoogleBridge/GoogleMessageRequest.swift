/// A message for all who have a campaign's pass.
public struct GoogleMessageRequest: Codable, Hashable, Sendable {
    /// Its header.
    public var header: String
    /// Its text.
    public var body: String
    /// Whether people's phones tell them of it; Google allows three such messages for a pass in 24 hours.
    public var notify: Bool

    /// Makes a message.
    public init(header: String, body: String, notify: Bool = false) {
        self.header = header
        self.body = body
        self.notify = notify
    }

    private enum CodingKeys: String, CodingKey {
        case header, body, notify
    }

    /// Reads a message; without `notify` nobody is notified.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        header = try container.decode(String.self, forKey: .header)
        body = try container.decode(String.self, forKey: .body)
        notify = try container.decodeIfPresent(Bool.self, forKey: .notify) ?? false
    }
}
