import Contracts
import JSON

extension PassFault {
    /// A fault of a wallet configuration's Apple part.
    static func wallet(_ member: String, _ reason: String, _ remedy: String) -> PassFault {
        PassFault(JSONPointer.root.appending("apple").appending(member), reason, remedy)
    }

    /// A name that is none.
    static func name(at key: String) -> PassFault {
        PassFault(
            JSONPointer.root.appending(key), "A name is a line of 1 to 200 characters.", "Send such a name.")
    }

    /// An import into a new campaign that names no wallet configuration.
    static let missingWalletConfiguration = PassFault(
        JSONPointer.root.appending("walletConfigurationId"), "A new campaign needs a wallet configuration.",
        "Add ?walletConfigurationId= to the address.")

    /// A campaign names a wallet configuration that is not there.
    static func unknownWalletConfiguration(_ id: WalletConfigurationID) -> PassFault {
        PassFault(
            JSONPointer.root.appending("walletConfigurationId"), "There is no wallet configuration \(id).",
            "Create it first, or name another one.")
    }
}
