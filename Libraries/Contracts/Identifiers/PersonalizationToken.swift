/// What Wallet wants signed before it takes a personalised pass.
///
/// Whoever sends one gets a signature by the pass certificate over it: the alphabet leaves out what a manifest, or any
/// other JSON object, can't do without.
public struct PersonalizationToken: Identifier {
    /// The token's text.
    public let rawValue: String

    /// Takes a text; nil when it breaks the rule.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue, 1...512, Alphabet.isPersonalizationToken) else { return nil }
        self.rawValue = rawValue
    }

    /// What such a token is and consists of.
    public static let rule = "a personalization token: 1 to 512 characters of A-Z a-z 0-9 + / = _ . : -"
}
