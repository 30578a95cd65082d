import HTTP2

extension PassAuthority {
    /// A certificate with its key, as shown in TLS: pass certificates with the intermediate that issued them.
    public func identity(_ name: String) throws -> TLSIdentity {
        let issuer =
            name == "server" ? "" : try pem(name == "wrong-issuer" ? "other-intermediate.pem" : "intermediate.pem")
        return TLSIdentity(certificateChain: try pem("\(name).pem") + issuer, privateKey: try pem("\(name).key.pem"))
    }

    /// What APNs trusts: the root and the intermediate of pass certificates.
    public func passAuthorities() throws -> String {
        try pem("root.pem") + pem("intermediate.pem")
    }
}
