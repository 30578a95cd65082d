/// What the issuer says to what an owner entered.
enum PersonalizationAnswer: Sendable, Hashable {
    /// The signature of the token; the pass is personalised.
    case signed([UInt8])
    /// The issuer never made this pass.
    case unknown
    /// The pass asks for nothing, or was personalised with another token.
    case notAsked
    /// What was entered does not fit the pass.
    case unsuitable
}
