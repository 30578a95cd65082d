import Cryptography
import JSON
import Testing

/// A save link, taken apart and its signature verified.
struct SaveLink {
    let claims: JSONValue
    let length: Int

    init(_ answer: JSONValue) throws {
        let url = try #require(answer["saveUrl"]?.stringValue)
        let jwt = try #require(url.wholeMatch(of: /https:\/\/pay\.example\/save\/(.+)/)).1
        let parsed = try JWS.parse(String(jwt))
        #expect(JWS.verify(parsed, key: try GoogleFixtures.key.get().publicKey))
        #expect(try JSON.parse(parsed.headerJSON) == ["alg": "RS256", "typ": "JWT"])
        claims = try JSON.parse(parsed.payload)
        length = jwt.utf8.count
        #expect(claims["iss"]?.stringValue == GoogleFixtures.clientEmail)
        #expect(claims["aud"] == "google" && claims["typ"] == "savetowallet" && claims["origins"] == [])
        #expect(claims["iat"]?.intValue != nil && claims["exp"] == nil)
    }
}
