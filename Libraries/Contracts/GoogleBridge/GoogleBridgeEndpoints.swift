import HTTPTypes

/// The calls of google-bridge.
public enum GoogleBridgeEndpoints {
    /// Creates or replaces the Google credentials of a wallet configuration; 201 when they are new.
    public static let putIssuer = Endpoint<GoogleIssuerRequest, NoBody>(
        .put, "/rpc/v1/issuers/{walletConfigurationId}", scopes: [.passIssuer])

    /// Deletes the Google credentials of a wallet configuration.
    public static let deleteIssuer = Endpoint<NoBody, NoBody>(
        .delete, "/rpc/v1/issuers/{walletConfigurationId}", scopes: [.passIssuer], successStatus: .noContent)
}
