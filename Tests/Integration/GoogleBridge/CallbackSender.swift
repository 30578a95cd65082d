import Cryptography
import JSON
import Support

/// Signs callbacks under a root key that the stub lists.
struct CallbackSender: Sendable {
    private let signer: CallbackSigner

    init(_ bridge: BridgeUnderTest) throws {
        signer = try CallbackSigner()
        let list: JSONValue = [
            "keys": [
                [
                    "keyValue": .string(signer.rootKey), "protocolVersion": "ECv2SigningOnly",
                    "keyExpiration": "4102444800000",
                ]
            ]
        ]
        bridge.google.setRootKeys(list.serialized())
    }

    func body(_ message: JSONValue) throws -> [UInt8] {
        try signer.body(message, recipient: GoogleFixtures.issuerID)
    }
}
