import Cryptography
import Testing

@Suite struct CryptographyEncodingTests {
    /// RFC 4648 §10.
    static let examples = [
        ("", "", ""), ("f", "Zg==", "66"), ("fo", "Zm8=", "666f"), ("foo", "Zm9v", "666f6f"),
        ("foob", "Zm9vYg==", "666f6f62"), ("fooba", "Zm9vYmE=", "666f6f6261"), ("foobar", "Zm9vYmFy", "666f6f626172"),
    ]

    @Test("encodes and decodes the examples of RFC 4648", arguments: examples)
    func rfcExamples(plain: String, base64: String, hex: String) {
        let bytes = Array(plain.utf8)
        let unpadded = String(base64.prefix { $0 != "=" })
        #expect(Base64.encode(bytes) == base64)
        #expect(Base64.decode(base64) == bytes)
        #expect(Base64URL.encode(bytes) == unpadded)
        #expect(Base64URL.decode(unpadded) == bytes)
        #expect(Hex.encode(bytes) == hex)
        #expect(Hex.decode(hex.uppercased()) == bytes)
    }

    @Test("the two alphabets differ in their last characters only")
    func alphabets() {
        #expect(Base64.encode([0xFB, 0xEF, 0xFF, 0xFE]) == "++///g==")
        #expect(Base64URL.encode([0xFB, 0xEF, 0xFF, 0xFE]) == "--___g")
        #expect(Base64URL.decode("++") == nil)
        #expect(Base64.decode("--==") == nil)
    }

    @Test(
        "refuses base64 that no encoder writes",
        arguments: ["Zg", "Zg=", "Zg===", "Z===", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm=v", "Zg==Zg==", "Zm9vé"])
    func strictBase64(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("refuses base64url that no encoder writes", arguments: ["Z", "Zg==", "Zh", "Zm9", "Zm9v.", "Zm 9v"])
    func strictBase64URL(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test("refuses odd or foreign hexadecimal digits", arguments: ["0", "0g", "é", "0x00", " 00"])
    func strictHex(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test("appends to what is there already")
    func append() {
        var message = Array("abc.".utf8)
        Base64URL.append(Array("foob".utf8), to: &message)
        #expect(String(decoding: message, as: UTF8.self) == "abc.Zm9vYg")
    }

    @Test("reads what base64(1) writes for all byte values")
    func systemTool() throws {
        let bytes = Array(UInt8.min...UInt8.max)
        let written = try ExternalTool.run("base64", "-w0", input: bytes).text
        #expect(Base64.encode(bytes) == written)
        #expect(Base64.decode(written) == bytes)
    }
}
