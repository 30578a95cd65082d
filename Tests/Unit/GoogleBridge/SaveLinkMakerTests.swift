import Contracts
import Cryptography
import HTTPTypes
import JSON
import Testing

@testable import GoogleBridge

@Suite struct SaveLinkMakerTests {
    private static func account() throws -> ServiceAccount {
        try ServiceAccount([
            "client_email": "wallet@acme.iam.gserviceaccount.com",
            "private_key": .string(try PrivateKey.generateRSA().pkcs8PEM),
        ])
    }

    private static let maker = SaveLinkMaker(baseURL: "https://pay.google.com/gp/v/save")
    private static let now = Instant(seconds: 1_790_000_000)

    private static func jwt(_ url: String) throws -> JWS.Parsed {
        try JWS.parse(String(url.dropFirst("https://pay.google.com/gp/v/save/".count)))
    }

    @Test("signs ids of one object with the claims that Google reads")
    func skinny() throws {
        let account = try Self.account()
        let url = try Self.maker.link(to: "3388.o", ofClass: "3388.c", .giftCard, by: account, at: Self.now)
        let jwt = try Self.jwt(url)
        #expect(JWS.verify(jwt, key: account.privateKey.publicKey))
        let claims: JSONValue = [
            "iss": "wallet@acme.iam.gserviceaccount.com", "aud": "google", "typ": "savetowallet",
            "iat": 1_790_000_000, "origins": [],
            "payload": ["giftCardObjects": [["id": "3388.o", "classId": "3388.c"]]],
        ]
        #expect(try JSON.parse(jwt.payload) == claims)
        #expect(url.utf8.count < 850)
    }

    @Test("carries an object whole as long as the JWT has 1,800 characters at most, and not one more")
    func budget() throws {
        let account = try Self.account()
        var longest = 0
        for length in 500...1_100 {
            let object: JSONObject = ["id": "3388.o", "text": .string(String(repeating: "x", count: length))]
            let url = try Self.maker.link(
                saving: [SaveLinkItem(kind: .offer, object: object)], by: account, at: Self.now)
            guard let url else { break }
            let jwt = String(url.dropFirst("https://pay.google.com/gp/v/save/".count))
            #expect(jwt.utf8.count <= 1_800)
            longest = max(longest, jwt.utf8.count)
        }
        // Base 64 grows in steps of up to two characters.
        #expect((1_798...1_800).contains(longest))
    }

    @Test("carries the class beside the object when it is not at Google")
    func withClass() throws {
        let url = try Self.maker.link(
            saving: [SaveLinkItem(kind: .flight, object: ["id": "3388.o"], classResource: ["id": "3388.c"])],
            by: Self.account(), at: Self.now)
        let payload = try JSON.parse(try Self.jwt(try #require(url)).payload)["payload"]
        #expect(payload == ["flightObjects": [["id": "3388.o"]], "flightClasses": [["id": "3388.c"]]])
    }

    @Test("puts several objects into a list for each kind, and a class that they share once")
    func several() throws {
        let shared: JSONObject = ["id": "3388.c"]
        let url = try Self.maker.link(
            saving: [
                .reference(to: "3388.a", ofClass: "3388.l", .loyalty),
                SaveLinkItem(kind: .offer, object: ["id": "3388.b"], classResource: shared),
                SaveLinkItem(kind: .offer, object: ["id": "3388.d"], classResource: shared),
                .reference(to: "3388.e", ofClass: nil, .loyalty),
            ], by: Self.account(), at: Self.now)
        let payload = try JSON.parse(try Self.jwt(try #require(url)).payload)["payload"]
        let expected: JSONValue = [
            "loyaltyObjects": [["id": "3388.a", "classId": "3388.l"], ["id": "3388.e"]],
            "offerObjects": [["id": "3388.b"], ["id": "3388.d"]], "offerClasses": [["id": "3388.c"]],
        ]
        #expect(payload == expected)
    }
}
