import Contracts
import Cryptography
import HTTPTypes
import JSON
import Support
import Testing

@testable import GoogleBridge

@Suite struct CallbackVerifierTests {
    @Test("believes callbacks that Google really sent", arguments: [CallbackVector.deletion, .save])
    func believes(vector: CallbackVector) throws {
        let message = try vector.verified()
        #expect(message.objectID.hasPrefix("3388000000022141777."))
        #expect(message.event == (vector.testDescription == "a save" ? .save : .del))
        #expect(message.expiresAt == vector.messageExpiresAt)
    }

    @Test("signs over what Google signs over", arguments: [CallbackVector.deletion, .save])
    func digests(vector: CallbackVector) {
        let key = CallbackVerifier.lengthPrefixed("GooglePayPasses", "ECv2SigningOnly", vector.signedKey)
        #expect(Hex.encode(SHA256.digest(key)) == vector.keyDigest)
        let message = CallbackVerifier.lengthPrefixed(
            "GooglePayPasses", vector.recipient, "ECv2SigningOnly", vector.signedMessage)
        #expect(Hex.encode(SHA256.digest(message)) == vector.messageDigest)
    }

    @Test("counts bytes and not characters")
    func bytes() {
        #expect(CallbackVerifier.lengthPrefixed("é") == [2, 0, 0, 0, 0xC3, 0xA9])
        #expect(CallbackVerifier.lengthPrefixed(String(repeating: "a", count: 300)).prefix(4) == [0x2C, 1, 0, 0])
    }

    /// What is done to the real deletion, and why it is not believed then.
    struct Forgery: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: CallbackFault
        let change: @Sendable (inout CallbackVector) -> Void
    }

    static let forgeries = [
        Forgery(testDescription: "one bit of the signature", fault: .wrongSignature) { vector in
            guard var bytes = Base64.decode(vector.signature) else { return }
            bytes[40] ^= 1
            vector.signature = Base64.encode(bytes)
        },
        Forgery(testDescription: "another protocol", fault: .foreignProtocol) { $0.protocolVersion = "ECv2" },
        Forgery(testDescription: "the key unescaped", fault: .unknownKey) {
            $0.signedKey = $0.signedKey.replacing(#"\u003d"#, with: "=")
        },
        Forgery(testDescription: "the message written anew", fault: .wrongSignature) {
            guard let value = try? JSON.parse($0.signedMessage) else { return }
            $0.signedMessage = String(decoding: value.serialized(), as: UTF8.self)
        },
        Forgery(testDescription: "no signature of the key", fault: .unknownKey) { $0.keySignatures = [] },
        Forgery(testDescription: "a signature of the key that is none", fault: .unknownKey) {
            $0.keySignatures = ["%"]
        },
        Forgery(testDescription: "the key of another callback", fault: .wrongSignature) {
            $0.signedKey = CallbackVector.save.signedKey
            $0.keySignatures = CallbackVector.save.keySignatures
        },
        Forgery(testDescription: "the message of another callback", fault: .wrongSignature) {
            $0.signedMessage = CallbackVector.save.signedMessage
        },
    ]

    @Test("refuses a callback with something changed", arguments: forgeries)
    func refuses(forgery: Forgery) throws {
        let forged = CallbackVector.deletion.with(forgery.change)
        // The key of the save has expired by the time of the deletion: look at a time when both live.
        #expect(throws: forgery.fault) { try forged.verified(at: CallbackVector.save.liveAt) }
    }

    @Test("refuses a callback for another recipient")
    func recipient() {
        #expect(throws: CallbackFault.wrongSignature) {
            try CallbackVector.deletion.verified(recipient: "3388000000022141778")
        }
    }

    @Test("refuses a message from the millisecond on at which it expires", arguments: [CallbackVector.deletion, .save])
    func expiredMessage(vector: CallbackVector) {
        #expect(throws: CallbackFault.expiredMessage) { try vector.verified(at: vector.messageExpiresAt) }
    }

    @Test("refuses a key from the millisecond on at which it expires", arguments: [CallbackVector.deletion, .save])
    func expiredKey(vector: CallbackVector) {
        #expect(throws: CallbackFault.expiredKey) { try vector.verified(at: vector.keyExpiresAt) }
    }

    @Test("knows no root key that is for another protocol, or has expired")
    func rootKeys() throws {
        #expect(try CallbackVector.rootKeys(protocolVersion: "ECv2").isEmpty)
        #expect(throws: CallbackFault.unknownKey) { try CallbackVector.deletion.verified(rootKeys: []) }
        // The end that the key had when it was published.
        let stale = try CallbackVector.rootKeys(expiresAt: "1553109880808")
        #expect(throws: CallbackFault.unknownKey) { try CallbackVector.deletion.verified(rootKeys: stale) }
    }

    @Test("finds the root key among others")
    func severalRootKeys() throws {
        let other = CallbackRootKey(publicKey: try PrivateKey.generateP256().publicKey, expiresAt: .latest)
        let message = try CallbackVector.deletion.verified(rootKeys: [other] + CallbackVector.rootKeys())
        #expect(message.nonce == "1a9e3df0-ec10-4a17-8b39-89d2d7f48e3b")
    }

    @Test("refuses a message of our issuer about another's object, however well it is signed")
    func foreignObject() throws {
        let signer = try CallbackSigner()
        let message: JSONValue = [
            "classId": "3388000000022141777.a", "objectId": "3388000000022141778.b", "eventType": "save",
            "expTimeMillis": 1_893_456_000_000, "count": 1, "nonce": "n",
        ]
        let envelope = try CallbackEnvelope(try signer.body(message, recipient: "3388000000022141777"))
        let now = Instant(milliseconds: 1_790_000_000_000)
        let key = try CallbackVerifier.signingKey(
            of: envelope, rootKeys: try CallbackVector.rootKeys(key: signer.rootKey), at: now)
        let recipient = try #require(GoogleIssuerID(rawValue: "3388000000022141777"))
        #expect(throws: CallbackFault.foreignRecipient) {
            try CallbackVerifier.message(of: envelope, signedBy: key, for: recipient, at: now)
        }
    }

    @Test(
        "calls a body malformed that is no callback",
        arguments: [
            "", "[]", "{", #"{"protocolVersion":"ECv2SigningOnly"}"#,
            #"{"protocolVersion":"ECv2SigningOnly","signature":"%","signedMessage":"{}","#
                + #""intermediateSigningKey":{"signedKey":"{}","signatures":[]}}"#,
            #"{"protocolVersion":"ECv2SigningOnly","signature":"","signedMessage":1,"#
                + #""intermediateSigningKey":{"signedKey":"{}","signatures":[]}}"#,
        ])
    func malformed(body: String) {
        let fault = #expect(throws: CallbackFault.self) { try CallbackEnvelope(Array(body.utf8)) }
        guard case .malformed = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
    }
}
