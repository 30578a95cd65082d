import HTTPTypes

/// The calls about erasures.
extension PassIssuerEndpoints {
    /// Begins to erase a contact.
    public static let erase = Endpoint<ErasureRequest, Erasure>(
        .post, "/admin/v1/erasures", scopes: [.admin], successStatus: .accepted, unknownKeys: .refused)

    /// Answers an erasure.
    public static let getErasure = Endpoint<NoBody, Erasure>(.get, "/admin/v1/erasures/{id}", scopes: [.admin])

    /// Lists erasures, the newest first.
    public static let listErasures = Endpoint<NoBody, Page<Erasure>>(.get, "/admin/v1/erasures", scopes: [.admin])
}
