import Cryptography
import Testing

@Suite struct SecretBoxTests {
    private static let context = Array("issuer.wallet_configurations/acme".utf8)

    private func box(_ text: String) throws -> SecretBox {
        SecretBox(try KeyRing(parsing: text))
    }

    private let old = "k1:\(Base64.encode(Array(0..<32)))"
    private let new = "k2:\(Base64.encode(Array(32..<96)))"

    /// Made with pyca/cryptography:
    ///
    ///     key = HKDF(hashes.SHA256(), 32, None, b"wallet secret box 1").derive(bytes(range(32)))
    ///     head, nonce = bytes([1, 2]) + b"k1", bytes(range(100, 112))
    ///     head + nonce + AESGCM(key).encrypt(nonce, b"a private key", head + b"issuer.wallet_configurations/acme")
    private let madeByPython =
        "01026b316465666768696a6b6c6d6e6f9472b33a13ecd131d328c59416eee16b3651b6e08a18b7a1192e61f69e"

    @Test("opens an envelope that another program made by the documented format")
    func foreignEnvelope() throws {
        let sealed = try #require(Hex.decode(madeByPython))
        #expect(try box(old).open(sealed, context: Self.context) == Array("a private key".utf8))
    }

    @Test("opens what it sealed, of any length", arguments: [0, 1, 16, 5_000])
    func roundTrip(count: Int) throws {
        let secret = SecureRandom.bytes(count)
        let box = try box(new)
        let sealed = box.seal(secret, context: Self.context)
        #expect(sealed.count == 2 + 2 + 12 + count + 16)
        #expect(try box.open(sealed, context: Self.context) == secret)
        #expect(sealed != box.seal(secret, context: Self.context))
    }

    @Test("refuses an envelope with any bit changed, or in another place")
    func tampering() throws {
        let box = try box(old)
        let sealed = try #require(Hex.decode(madeByPython))
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: CryptographyError.self) { try box.open(changed, context: Self.context) }
        }
        #expect(throws: CryptographyError.notAuthentic) {
            try box.open(sealed, context: Array("issuer.wallet_configurations/other".utf8))
        }
        for count in 0..<sealed.count {
            #expect(throws: CryptographyError.self) { try box.open(Array(sealed.prefix(count)), context: Self.context) }
        }
    }

    @Test("after a new first key old envelopes open and ask for rotation, until the old key is gone")
    func rotation() throws {
        let sealed = try box(old).seal([1, 2, 3], context: [])
        let both = try box("\(new),\(old)")
        #expect(try both.open(sealed, context: []) == [1, 2, 3])
        #expect(both.needsRotation(sealed))
        #expect(!both.needsRotation(both.seal([1], context: [])))
        #expect(throws: CryptographyError.unknownKey(kid: "k1")) { try box(new).open(sealed, context: []) }
    }
}
