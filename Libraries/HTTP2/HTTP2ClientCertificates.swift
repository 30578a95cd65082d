/// What a server asks its clients.
public enum HTTP2ClientCertificates: Sendable {
    /// Nothing.
    case notAsked
    /// A certificate; who shows none, or one that these authorities (PEM) did not issue, is let in all the same.
    case asked(authorities: String)
    /// A certificate; who shows none is let in, who shows one that these authorities (PEM) did not issue is not.
    case verified(authorities: String)
    /// A certificate that these authorities (PEM) issued; without one nobody gets in.
    case required(authorities: String)
}
