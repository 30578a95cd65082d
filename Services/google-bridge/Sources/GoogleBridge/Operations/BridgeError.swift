import Contracts
import HTTPTypes

/// Why a call to this service does nothing.
enum BridgeError: Error, Sendable {
    /// The wallet configuration has no Google issuer here.
    case unknownIssuer(WalletConfigurationID)
}
