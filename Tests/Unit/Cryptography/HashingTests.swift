import Cryptography
import Testing

@Suite struct HashingTests {
    private static let twoBlocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"

    @Test(
        "SHA-1 gives the digests of FIPS 180",
        arguments: [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (twoBlocks, "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
        ])
    func sha1(message: String, digest: String) {
        #expect(Hex.encode(SHA1.digest(Array(message.utf8))) == digest)
    }

    @Test(
        "SHA-256 gives the digests of FIPS 180",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (twoBlocks, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
        ])
    func sha256(message: String, digest: String) {
        #expect(Hex.encode(SHA256.digest(Array(message.utf8))) == digest)
    }

    @Test("a message given in parts has the digest of FIPS 180's million letters")
    func parts() {
        var sha1 = SHA1()
        var sha256 = SHA256()
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        var position = 0
        for step in (1...).lazy.map({ $0 * 7 }) {
            let end = min(position + step, letters.count)
            sha1.update(letters[position..<end])
            sha256.update(Array(letters[position..<end]))
            position = end
            if position == letters.count { break }
        }
        #expect(Hex.encode(sha1.finalize()) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f")
        #expect(
            Hex.encode(sha256.finalize()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    struct HMACCase: Sendable {
        let key: [UInt8]
        let message: [UInt8]
        let code: String
    }

    /// RFC 4231 §4, cases 1 to 4, 6 and 7.
    static let hmacCases = [
        HMACCase(
            key: .init(repeating: 0x0B, count: 20), message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        HMACCase(
            key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        HMACCase(
            key: .init(repeating: 0xAA, count: 20), message: .init(repeating: 0xDD, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        HMACCase(
            key: Array(0x01...0x19), message: .init(repeating: 0xCD, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        HMACCase(
            key: .init(repeating: 0xAA, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        HMACCase(
            key: .init(repeating: 0xAA, count: 131),
            message: Array(
                ("This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]

    @Test("HMAC-SHA256 gives the codes of RFC 4231, again at a second use", arguments: hmacCases)
    func hmac(example: HMACCase) {
        let hmac = HMACSHA256(key: example.key)
        #expect(Hex.encode(hmac.authenticate(example.message)) == example.code)
        _ = hmac.authenticate([1, 2, 3])
        #expect(Hex.encode(hmac.authenticate(example.message)) == example.code)
    }

    @Test("one HMAC serves many tasks at once")
    func parallelHMAC() async {
        let example = Self.hmacCases[1]
        let hmac = HMACSHA256(key: example.key)
        let wrong = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<2_000).count { _ in Hex.encode(hmac.authenticate(example.message)) != example.code }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
