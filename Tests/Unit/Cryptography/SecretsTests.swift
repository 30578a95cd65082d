import Cryptography
import Testing

@Suite struct SecretsTests {
    private static let first = Base64.encode(Array(0..<32))
    private static let second = Base64.encode(Array(100..<164))

    @Test("the first key of a ring is the primary one and all are found")
    func ring() throws {
        let ring = try KeyRing(parsing: "k2:\(Self.second), k1:\(Self.first)")
        #expect(ring.primary.kid == "k2")
        #expect(ring.primary.key == Array(100..<164))
        #expect(ring.key("k1") == Array(0..<32))
        #expect(ring.key("k3") == nil)
        #expect(ring.allKids == ["k2", "k1"])
    }

    @Test("a key may be written in the URL alphabet without padding")
    func unpaddedKey() throws {
        let ring = try KeyRing(parsing: "a:\(Base64URL.encode(.init(repeating: 0xFF, count: 32)))")
        #expect(ring.primary.key == .init(repeating: 0xFF, count: 32))
    }

    @Test(
        "refuses a list of keys that is not one",
        arguments: [
            ("", KeyRingError.empty), (" , ", .empty), ("abc", .noColon(position: 1)),
            ("k1:\(first),k2", .noColon(position: 2)), ("k.1:\(first)", .invalidKid(position: 1)),
            (":\(first)", .invalidKid(position: 1)),
            ("\(String(repeating: "k", count: 33)):\(first)", .invalidKid(position: 1)),
            ("k1:***", .invalidBase64(kid: "k1")), ("k1:AAAA", .tooShort(kid: "k1", bytes: 3)),
            ("k1:\(first),k1:\(second)", .duplicateKid("k1")),
        ])
    func badRings(text: String, error: KeyRingError) {
        #expect(throws: error) { try KeyRing(parsing: text) }
    }

    @Test("neither printing nor dumping a ring shows a key")
    func redaction() throws {
        let ring = try KeyRing(parsing: "k1:\(Self.first)")
        var dumped = ""
        dump(ring, to: &dumped)
        dump(SecretBox(ring), to: &dumped)
        dump(Secret("hunter2"), to: &dumped)
        let printed = "\(ring) \(String(reflecting: ring)) \(Secret("hunter2")) \([Secret("hunter2")]) \(dumped)"
        #expect(!printed.contains("hunter2"))
        #expect(!printed.contains("[0, 1, 2"))
        #expect(!dumped.contains("- 31\n"))
        #expect("\(Secret("hunter2"))" == "«secret»")
    }

    @Test("a token is the HMAC that openssl computes, and is valid for its message alone")
    func token() throws {
        let ring = HMACKeyRing(try KeyRing(parsing: "k2:\(Self.second),k1:\(Self.first)"))
        let message = Array("pass.example.demo".utf8) + [0] + Array("0001".utf8)
        for (kid, key, token) in [
            ("k2", Array(100..<164), ring.token(for: message)),
            ("k1", Array(0..<32), try #require(ring.token(for: message, kid: "k1"))),
        ] as [(String, [UInt8], String)] {
            let expected = try ExternalTool.run(
                "openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:\(Hex.encode(key))", "-binary",
                input: message)
            #expect(token == "\(kid).\(Base64URL.encode(expected.output))")
            #expect(ring.isValid(token, for: message))
            #expect(!ring.isValid(token, for: message + [0]))
        }
        #expect(ring.token(for: message, kid: "gone") == nil)
    }

    @Test("refuses a token that was changed, cut or belongs to another key")
    func badTokens() throws {
        let ring = HMACKeyRing(try KeyRing(parsing: "k1:\(Self.first),k2:\(Self.second)"))
        let token = ring.token(for: [1])
        let code = String(token.dropFirst(3))
        for bad in ["", ".", "k1", "k1.", "k2.\(code)", "k3.\(code)", code, "k1.\(code).", "k1.\(code.dropLast(2))"] {
            #expect(!ring.isValid(bad, for: [1]), "\(bad)")
        }
    }

    @Test("compares byte strings of any length")
    func comparison() {
        #expect(constantTimeEquals([], []))
        #expect(constantTimeEquals([1, 2], [1, 2]))
        #expect(!constantTimeEquals([1, 2], [1, 3]))
        #expect(!constantTimeEquals([1, 2], [1, 2, 3]))
    }

    @Test("random bytes have the asked length and differ")
    func random() {
        #expect(SecureRandom.bytes(0).isEmpty)
        #expect(SecureRandom.bytes(33).count == 33)
        #expect(SecureRandom.bytes(32) != SecureRandom.bytes(32))
    }
}
