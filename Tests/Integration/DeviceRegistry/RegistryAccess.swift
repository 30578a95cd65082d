import Contracts
import Cryptography
import HTTPClient
import HTTPTypes
import JSON

/// A device and a pass as requests name them, with the token that the pass would hold.
struct RegistryAccess: Sendable {
    static let passType = "pass.com.example.test"
    static let keys = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    /// The token of a pass, by the definition: `<kid>.<base64url HMAC-SHA256(key, type ‖ 0x00 ‖ serial)>`.
    static func token(_ serialNumber: String, passType: String = passType) throws -> String {
        let ring = HMACKeyRing(try KeyRing(parsing: keys))
        return ring.token(for: Array(passType.utf8) + [0] + Array(serialNumber.utf8))
    }

    static func authorization(_ serialNumber: String, passType: String = passType) throws -> HTTPHeaders {
        ["Authorization": "ApplePass \(try token(serialNumber, passType: passType))"]
    }

    static func registrationPath(_ device: String, _ serialNumber: String, passType: String = passType) -> String {
        "/v1/devices/\(PercentEncoding.encodeSegment(device))/registrations/"
            + "\(PercentEncoding.encodeSegment(passType))/\(PercentEncoding.encodeSegment(serialNumber))"
    }

    static func changesPath(_ device: String, since tag: String?, passType: String = passType) -> String {
        let path = "/v1/devices/\(PercentEncoding.encodeSegment(device))/registrations/\(passType)"
        return path + (tag.map { "?" + QueryItems([("passesUpdatedSince", $0)]).encoded } ?? "")
    }
}

/// An answer to "what changed".
struct ChangesAnswer: Sendable, Equatable {
    let status: Int
    let serialNumbers: [String]
    let lastUpdated: JSONValue?

    init(_ response: HTTPClientResponse) throws {
        status = response.status.rawValue
        let body = response.body.isEmpty ? JSONValue.null : try JSON.parse(response.body)
        serialNumbers = body["serialNumbers"]?.arrayValue?.compactMap(\.stringValue) ?? []
        lastUpdated = body["lastUpdated"]
    }

    /// The tag, when it came as a string.
    var tag: String? { lastUpdated?.stringValue }
}
