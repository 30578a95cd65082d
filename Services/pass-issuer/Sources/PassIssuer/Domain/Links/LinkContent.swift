/// What a link leads to.
enum LinkContent: Sendable, Hashable {
    case pass(LinkClaims)
    /// Several passes, handed out together where the wallet takes them so.
    case bundle(LinkBundle)
}
