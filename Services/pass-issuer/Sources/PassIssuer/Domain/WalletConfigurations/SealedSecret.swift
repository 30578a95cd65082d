import Contracts

/// The secrets of a wallet configuration. Each is sealed to its row and column, so that none can be put in another's place.
enum SealedSecret: String, Sendable {
    case privateKey
    case pushKey
    case serviceAccount

    /// The associated data that it is sealed with.
    func context(of id: WalletConfigurationID) -> [UInt8] {
        Array("issuer.wallet_configurations/\(id.rawValue)/\(rawValue)".utf8)
    }
}
