import JSON

/// The calls of one operation: the first may have its place in the pace already, all end by one deadline.
struct GoogleSession: Sendable {
    let wallet: PacedWallet
    let issuer: IssuerCredentials
    var isGranted: Bool
    let deadline: ContinuousClock.Instant

    /// Sends a call.
    mutating func send(_ call: WalletCall) async throws -> JSONObject {
        let granted = isGranted
        isGranted = false
        return try await wallet.call(call, as: issuer, isGranted: granted, by: deadline)
    }
}
