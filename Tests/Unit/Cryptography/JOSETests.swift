import Cryptography
import Testing

@Suite struct JOSETests {
    /// The payload of RFC 7515 A.1 to A.3, with its line ends.
    private static let payload = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"
    private static let encodedPayload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"

    /// RFC 7515 A.1.
    private static let hs256 =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\(encodedPayload).dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private static let hs256Key =
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"

    /// RFC 7515 A.2, the key turned from JWK into PEM by pyca/cryptography.
    private static let rs256 =
        "eyJhbGciOiJSUzI1NiJ9.\(encodedPayload)."
        + "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CU"
        + "Ar7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_d"
        + "O--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0ig"
        + "cN_IoypGlUPQGe77Rw"
    private static let rs256Key = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAofgWCuLjybRlzo0tZWJj
        NiuSfb4p4fAkd/wWJcyQoTbji9k0l8W26mPddxHmfHQp+Vaw+4qPCJrcS2mJPMEz
        P1Pt0Bm4d4QlL+yRT+SFd2lZS+pCgNMsD1W/YpRPEwOWvG6b32690r2jZ47soMZo
        9wGzjb/7OMg0LOL+bSf63kpaSHSXndS5z5rexMdbBYUsLA9e+KXBdQOS+UTo7WTB
        EMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6/I5IhlJH7aGhyxX
        FvUK+DWNmoudF8NAco9/h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXp
        oQIDAQAB
        -----END PUBLIC KEY-----
        """

    /// RFC 7515 A.3, the key turned from JWK into PEM by pyca/cryptography.
    private static let es256 =
        "eyJhbGciOiJFUzI1NiJ9.\(encodedPayload)."
        + "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    private static let es256Key = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7
        6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==
        -----END PUBLIC KEY-----
        """

    @Test("takes the token of RFC 7515 A.1 apart, verifies it, and makes it again")
    func rfcHS256() throws {
        let key = HMACSHA256(key: try #require(Base64URL.decode(Self.hs256Key)))
        let token = try JWS.parse(Self.hs256)
        #expect(String(decoding: token.headerJSON, as: UTF8.self) == "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}")
        #expect(String(decoding: token.payload, as: UTF8.self) == Self.payload)
        #expect(JWS.verify(token, key: key))
        #expect(!JWS.verify(token, key: HMACSHA256(key: [1])))
        #expect(JWS.sign(header: token.headerJSON, payload: token.payload, key: key) == Self.hs256)
    }

    @Test("verifies the tokens of RFC 7515 A.2 and A.3, each with its own key alone")
    func rfcSignatures() throws {
        let rsa = try PublicKey(pem: Self.rs256Key)
        let p256 = try PublicKey(pem: Self.es256Key)
        #expect(JWS.verify(try JWS.parse(Self.rs256), key: rsa))
        #expect(JWS.verify(try JWS.parse(Self.es256), key: p256))
        #expect(!JWS.verify(try JWS.parse(Self.rs256), key: p256))
        #expect(!JWS.verify(try JWS.parse(Self.es256), key: rsa))
        #expect(!JWS.verify(try JWS.parse(Self.hs256), key: p256))
        #expect(rsa.kind.jwsAlgorithm == "RS256" && p256.kind.jwsAlgorithm == "ES256")
    }

    @Test("no character of a signed token can be changed")
    func tampering() throws {
        let key = HMACSHA256(key: try #require(Base64URL.decode(Self.hs256Key)))
        for index in Self.hs256.indices where Self.hs256[index] != "." {
            var changed = Self.hs256
            changed.replaceSubrange(index...index, with: Self.hs256[index] == "A" ? "B" : "A")
            let token = try? JWS.parse(changed)  // Some changes leave no base64url at all.
            #expect(token.map { JWS.verify($0, key: key) } != true)
        }
    }

    @Test("signs with 64 raw bytes under ES256, as many times as asked")
    func rawSignatures() throws {
        let key = try PrivateKey.generateP256()
        // Of 300 signatures one or two have a leading zero byte in r or s, which DER leaves out.
        for number in 0..<300 {
            let token = try JWS.parse(JWS.sign(header: [0x7B, 0x7D], payload: Array("\(number)".utf8), key: key))
            #expect(token.signature.count == 64)
            #expect(JWS.verify(token, key: key.publicKey))
        }
    }

    @Test("an RS256 token carries the signature of openssl")
    func rs256() throws {
        let authority = try DemoAuthority.shared()
        let token = try JWS.sign(
            header: Array(#"{"alg":"RS256"}"#.utf8), payload: Array(Self.payload.utf8), key: authority.key())
        let input = "eyJhbGciOiJSUzI1NiJ9.\(Self.encodedPayload)"
        let expected = try ExternalTool.run(
            "openssl", "dgst", "-sha256", "-sign", authority.path("pass.key.pem"), input: Array(input.utf8))
        #expect(token == "\(input).\(Base64URL.encode(expected.output))")
    }

    @Test(
        "refuses what is no token",
        arguments: [
            "", ".", "..", "e30.e30", "e30.e30.e30.e30", ".e30.e30", "e30=.e30.e30", "e30.e 30.e30", "é.e30.e30",
        ])
    func notAToken(text: String) {
        #expect(throws: CryptographyError.malformed("token")) { try JWS.parse(text) }
        #expect(throws: CryptographyError.malformed("token")) { try JWE.parse(text) }
    }

    /// Made with joserfc: `jwe.encrypt_compact({"alg": "dir", "enc": "A256GCM", "kid": "k1"}, plaintext, key)`, the key
    /// being the bytes 0 to 31.
    private static let jwe =
        "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiazEifQ..ihgB8TJ8Lgh5mX2_."
        + "VXqpkYjqKxGEogjJsACCX5qf3B7C_gnQ59582hpKb-DUifT6o08MEbmK88tpfmiLwe-I.dNz7x3FGXG0o1tuzRGK8dQ"
    private static let jweKey = [UInt8](0..<32)

    @Test("decrypts a token that another library made")
    func foreignJWE() throws {
        let token = try JWE.parse(Self.jwe)
        #expect(String(decoding: token.headerJSON, as: UTF8.self) == #"{"alg":"dir","enc":"A256GCM","kid":"k1"}"#)
        let plaintext = try JWE.decrypt(token, key: Self.jweKey)
        #expect(String(decoding: plaintext, as: UTF8.self) == #"{"iss":"pass-issuer","contact":{"firstName":"Ada"}}"#)
    }

    @Test("no character of an encrypted token can be changed, and no other key opens it")
    func jweTampering() throws {
        for index in Self.jwe.indices {
            var changed = Self.jwe
            changed.replaceSubrange(index...index, with: Self.jwe[index] == "A" ? "B" : "A")
            #expect(throws: CryptographyError.self) { try JWE.decrypt(JWE.parse(changed), key: Self.jweKey) }
        }
        #expect(throws: CryptographyError.notAuthentic) {
            try JWE.decrypt(JWE.parse(Self.jwe), key: Self.jweKey.reversed())
        }
        #expect(throws: CryptographyError.self) { try JWE.decrypt(JWE.parse(Self.jwe), key: [1, 2, 3]) }
    }

    @Test("encrypts with a new nonce each time, what it decrypts again")
    func jweRoundTrip() throws {
        let header = Array(#"{"alg":"dir","enc":"A256GCM","kid":"k1"}"#.utf8)
        for count in [0, 1, 15, 16, 2_000] {
            let plaintext = SecureRandom.bytes(count)
            let token = try JWE.encrypt(plaintext, header: header, key: Self.jweKey)
            #expect(token.hasPrefix("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiazEifQ.."))
            #expect(try JWE.decrypt(JWE.parse(token), key: Self.jweKey) == plaintext)
            #expect(try token != JWE.encrypt(plaintext, header: header, key: Self.jweKey))
        }
        #expect(throws: CryptographyError.self) { try JWE.encrypt([], header: header, key: [1]) }
    }
}
