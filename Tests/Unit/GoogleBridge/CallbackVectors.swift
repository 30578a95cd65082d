import Contracts
import Cryptography
import Foundation
import HTTPTypes
import JSON
import Testing

@testable import GoogleBridge

/// Two real callbacks of Google's, from edutap's tests, and the root key that has signed such since 2019.
struct CallbackVector: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let recipient = "3388000000022141777"
    var signature: String
    var signedKey: String
    var keySignatures: [String]
    var protocolVersion = "ECv2SigningOnly"
    var signedMessage: String
    /// A moment at which key and message are live.
    let liveAt: Instant
    let messageExpiresAt: Instant
    let keyExpiresAt: Instant
    /// The SHA-256 of what each signature is over.
    let keyDigest: String
    let messageDigest: String

    /// `edutap.wallet_google`, `tests/test_handler_validate.py`: a deletion.
    static let deletion = CallbackVector(
        testDescription: "a deletion",
        signature: "MEUCIQC+xKva1ydmNwJJiP2HJJWsteUe02ztTDKExzcWIpmlywIgJwD4HUYvZJg/cr1OL21vVKr0b2ZXt79NblCQ1V18zsc=",
        signedKey: #"{"keyValue":"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKb256ssDdmf7DokZ7jsMtAvjiTX2HF1ay8QR1sSA+gFp"#
            + #"C/ChhRwVdMEVJTaoAP1MIH38QWtqShiQ63zROaKtgQ\u003d\u003d","keyExpiration":"1759996807000"}"#,
        keySignatures: [
            "MEUCIDd7rXh7qgJZ7YSlQiXG2zOdZUT5XlMSUPu3RfyV3p2CAiEApxrIwTmRVig93FVJUC6bSWdQXMqata5sHenKsVYreUk="
        ],
        signedMessage: #"{"classId":"3388000000022141777.lib.edutap.eu","objectId":"3388000000022141777."#
            + #"6b4cbd15-0de7-4fe8-95f6-995a51b4595e.object","eventType":"del","expTimeMillis":1759331348143,"#
            + #""count":1,"nonce":"1a9e3df0-ec10-4a17-8b39-89d2d7f48e3b"}"#,
        liveAt: Instant(milliseconds: 1_759_331_348_142), messageExpiresAt: Instant(milliseconds: 1_759_331_348_143),
        keyExpiresAt: Instant(milliseconds: 1_759_996_807_000),
        keyDigest: "b50d55146cced4740e238f0b478fc918f43759e851a6bfd75399aa2322fc5c65",
        messageDigest: "f0a25d24113e2e8ec32e31134df8068023833469770875443389467f172a1f29")

    /// `edutap.wallet_google`, `tests/test_handler_fastapi.py`: a save.
    static let save = CallbackVector(
        testDescription: "a save",
        signature: "MEYCIQCyuBQo/Dao7yUBDUWK12ATFBDkUfJUnropjOaPbPiKEwIhAKXNiVrbNmydpEVIxXRz5z36f8HV2Meq/Td6tqt2+DYO",
        signedKey: #"{"keyValue":"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE3JpSX3AU53vH+IpWBdsbqrL7Ey67QSERsDUztFt8q7t7"#
            + #"PzVkh14SeYeokI1zSZiVAWnx4tXD1tCPbrvfFGB8OA\u003d\u003d","keyExpiration":"1735023986000"}"#,
        keySignatures: [
            "MEUCIQD3IBTpRM45gpno9Remtx/FiDCOJUp45+C+Qzw6IrgphwIgJijXISc+Ft8Sj9eXNowzuYyXyWlgKAE+tVnN24Sek5M="
        ],
        signedMessage: #"{"classId":"3388000000022141777.pass.gift.dev.edutap.eu","objectId":"3388000000022141777."#
            + #"9fd4e525-777c-4e0d-878a-b7993e211997","eventType":"save","expTimeMillis":1734366082269,"#
            + #""count":1,"nonce":"c1359b53-f2bb-4e8f-b392-9a560a21a9a0"}"#,
        liveAt: Instant(milliseconds: 1_734_366_082_268), messageExpiresAt: Instant(milliseconds: 1_734_366_082_269),
        keyExpiresAt: Instant(milliseconds: 1_735_023_986_000),
        keyDigest: "2ed90e82b653ef7e863ab35e86517ced5d0073c7bae83b55d1d4aa572b427347",
        messageDigest: "f65982d032c97e8ebe12cbc25a95296c265b269c4fe2d464772c2e18d9882e35")

    /// Published in March 2019; the time that its end had then is long past, and it signs on.
    static let rootKey =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEs/J7ghdwu4/b6NvqzQebS+Z80FEP8ZlGdAdWDUjfPeBKaV+YOWW0l6U/4IGXnfY9NrsND1fwxAqR"
        + "q0unR/LCIg=="

    /// Google's list of root keys.
    static func rootKeys(
        key: String = rootKey, protocolVersion: String = "ECv2SigningOnly",
        expiresAt milliseconds: String = "1893456000000"
    ) throws -> [CallbackRootKey] {
        let list: JSONValue = [
            "keys": [
                [
                    "keyValue": .string(key), "protocolVersion": .string(protocolVersion),
                    "keyExpiration": .string(milliseconds),
                ]
            ]
        ]
        return try #require(CallbackRootKey.list(list.serialized()))
    }

    /// The request's body.
    var body: [UInt8] {
        let value: JSONValue = [
            "signature": .string(signature),
            "intermediateSigningKey": [
                "signedKey": .string(signedKey), "signatures": .array(keySignatures.map(JSONValue.string)),
            ], "protocolVersion": .string(protocolVersion), "signedMessage": .string(signedMessage),
        ]
        return value.serialized()
    }

    /// Believes it or throws.
    func verified(
        recipient: String? = nil, rootKeys: [CallbackRootKey]? = nil, at now: Instant? = nil
    ) throws -> CallbackMessage {
        let envelope = try CallbackEnvelope(body)
        let issuer = try #require(GoogleIssuerID(rawValue: recipient ?? self.recipient))
        let key = try CallbackVerifier.signingKey(
            of: envelope, rootKeys: try rootKeys ?? Self.rootKeys(), at: now ?? liveAt)
        return try CallbackVerifier.message(of: envelope, signedBy: key, for: issuer, at: now ?? liveAt)
    }

    /// With something changed.
    func with(_ change: (inout CallbackVector) -> Void) -> CallbackVector {
        var changed = self
        change(&changed)
        return changed
    }
}
