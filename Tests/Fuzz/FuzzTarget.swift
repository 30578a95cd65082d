import Cryptography
import GoogleBridge
import HTTPTypes
import JSON
import PassIssuer

/// A reader of what strangers send.
enum FuzzTarget: String, CaseIterable {
    /// Imports and checks of packages, bundles and bare pass.json.
    case packages
    /// JSON, and a campaign's content made of it.
    case json
    case images
    /// Certificates and keys: PEM, DER and PKCS#12.
    case credentials
    /// The last part of links, and their claims.
    case links
    /// Google's callbacks, and its list of root keys.
    case callbacks
    /// Paths of requests, and the routes that they fit.
    case paths

    /// Hands an input to the reader. Whatever it says of it is all right, as long as it says it.
    func read(_ bytes: [UInt8], keys: KeyRing) {
        switch self {
        case .packages:
            ForeignInput.importPackage(bytes)
            ForeignInput.checkPackage(bytes)
        case .json:
            Self.readJSON(bytes)
            ForeignInput.readContent(bytes)
        case .images: ForeignInput.readImage(bytes)
        case .credentials: ForeignInput.readCredentials(bytes)
        case .links:
            ForeignInput.openLink(String(decoding: bytes, as: UTF8.self), keys: keys)
            ForeignInput.readClaims(bytes)
        case .callbacks:
            ForeignCallback.read(bytes, rootKeys: bytes)
            ForeignCallback.readRootKeys(bytes)
        case .paths: Self.readPath(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// Inputs to begin with, beside the files of the corpus.
    var seeds: [[UInt8]] {
        let texts: [String] =
            switch self {
            case .packages, .images, .credentials: []
            case .json:
                [
                    #"{"a":[1,2.5e-3,"\u00e9\ud83d\ude00",null,true,{"":-0}],"b":"x"}"#,
                    #"{"description":"d","organizationName":"o","expirationDate":"{{voucher.until}}","#
                        + #""storeCard":{"primaryFields":[{"key":"a","value":"{{contact.a}}","currencyCode":"EUR"}]}}"#,
                ]
            case .links:
                [
                    "eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIiwidHlwIjoiSldUIn0.e30.AAAA", "a.b.c.d.e",
                    #"{"campaign":"c","contact":{},"iat":1.25,"iss":"pass-issuer","jti":"k","platform":"any","voucher":{}}"#,
                    #"{"campaign":"c","iat":1,"exp":9,"iss":"pass-issuer","passes":[{"jti":"k"},{"jti":"l"}],"platform":"apple"}"#,
                ]
            case .callbacks:
                [
                    #"{"signature":"AA==","intermediateSigningKey":{"signedKey":"{\"keyValue\":\"AA==\","#
                        + #"\"keyExpiration\":\"1\"}","signatures":["AA=="]},"protocolVersion":"ECv2SigningOnly","#
                        + #""signedMessage":"{\"classId\":\"1.c\",\"objectId\":\"1.o\",\"eventType\":\"del\","#
                        + #"\"expTimeMillis\":1,\"count\":1,\"nonce\":\"n\"}"}"#,
                    #"{"keys":[{"keyValue":"AA==","protocolVersion":"ECv2SigningOnly","keyExpiration":"1"}]}"#,
                ]
            case .paths:
                [
                    "/api/pass/create/eyJ.e30.x.pkpass", "/v1/devices/a/registrations/pass.example.demo/s%2F1",
                    "/admin/v1/campaigns/c/images/de.lproj/logo@2x.png", "//%00/%zz/",
                ]
            }
        return texts.map { Array($0.utf8) }
    }

    private static func readJSON(_ bytes: [UInt8]) {
        guard let value = try? JSON.parse(bytes) else { return }
        let again = try? JSON.parse(value.serialized())
        precondition(again == value, "what was written is not what was read")
        guard let pointer = JSONPointer(String(decoding: bytes.prefix(64), as: UTF8.self)) else { return }
        precondition(JSONPointer(pointer.description) == pointer, "the pointer changes when it is written")
    }

    private static let templates: [PathTemplate] = [
        "/", "/api/pass/create/{jwt}", "/api/pass/create/{jwt}.pkpass", "/api/pass/create/{jwt}.pkpasses",
        "/v1/devices/{device}/registrations/{type}/{serial}", "/images/{sha256}.png",
        "/admin/v1/campaigns/{id}/images/{language}.lproj/{file}",
    ]

    private static func readPath(_ path: String) {
        guard let segments = PercentEncoding.segments(ofPath: path) else { return }
        for segment in segments {
            let again = PercentEncoding.decodeSegment(PercentEncoding.encodeSegment(segment))
            precondition(again == segment, "the segment changes when it is written")
        }
        for template in templates { _ = template.match(segments) }
        _ = QueryItems(path)
    }
}
