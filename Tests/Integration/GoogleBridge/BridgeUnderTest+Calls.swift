import HTTPClient
import HTTPTypes
import JSON
import Support
import Testing

extension BridgeUnderTest {
    static let classPath = "offerClass/\(GoogleFixtures.issuerID).spring"
    static func objectPath(_ serialNumber: String) -> String {
        "offerObject/\(GoogleFixtures.issuerID).\(serialNumber)"
    }

    /// A coupon's content: its colour is the class's at Google, its fields are the object's.
    static func coupon(
        colour: String = "rgb(10, 20, 30)", value: String = "10 %", expires: String? = nil, changeMessage: String? = nil
    ) -> JSONValue {
        var field: JSONObject = ["key": "discount", "label": "Discount", "value": .string(value)]
        field["changeMessage"] = changeMessage.map(JSONValue.string)
        var pass: JSONObject = [
            "description": "A coupon", "organizationName": "Acme", "backgroundColor": .string(colour),
            "coupon": [
                "primaryFields": [["key": "offer", "label": "Offer", "value": "Spring"]],
                "auxiliaryFields": [.object(field)],
            ],
        ]
        pass["expirationDate"] = expires.map(JSONValue.string)
        return .object(pass)
    }

    /// Sends a campaign.
    func putClass(
        _ id: String = "spring", version: Int = 1, pass: JSONValue = coupon(), tokenPointers: [String] = [],
        google: JSONValue? = nil, replica: Int = 0
    ) async throws -> HTTPClientResponse {
        var body: JSONObject = [
            "walletConfigurationId": "acme", "version": .number(JSONNumber(version)), "name": "Spring", "pass": pass,
            "localizations": [:], "tokenPointers": .array(tokenPointers.map(JSONValue.string)), "images": [],
        ]
        body["google"] = google
        return try await call(.put, "/rpc/v1/classes/\(id)", replica: replica, body: .object(body))
    }

    /// A pass's content with what the call needs around it.
    static func objectRequest(
        campaign: String = "spring", version: Int = 1, campaignVersion: Int = 1, pass: JSONValue = coupon(),
        voided: Bool = false
    ) -> JSONObject {
        [
            "campaignId": .string(campaign), "walletConfigurationId": "acme",
            "campaignVersion": .number(JSONNumber(campaignVersion)), "version": .number(JSONNumber(version)),
            "pass": pass, "localizations": [:], "images": [], "voided": .bool(voided),
        ]
    }

    /// Asks for a pass's link.
    func putObject(
        _ serialNumber: String, _ request: JSONObject = objectRequest(), replica: Int = 0
    ) async throws -> HTTPClientResponse {
        try await call(.put, "/rpc/v1/objects/\(serialNumber)", replica: replica, body: .object(request))
    }

    /// Asks for one link of several passes.
    func putObjects(_ objects: [(String, JSONObject)]) async throws -> HTTPClientResponse {
        let items = objects.map { serialNumber, request -> JSONValue in
            var item = request
            item["serialNumber"] = .string(serialNumber)
            return .object(item)
        }
        return try await call(.put, "/rpc/v1/objects", body: ["objects": .array(items)])
    }

    /// Sends changed passes, and gives how many were accepted and unchanged.
    func patchObjects(_ objects: [(String, JSONObject)]) async throws -> [Int?] {
        let items = objects.map { serialNumber, request -> JSONValue in
            var item = request
            item["serialNumber"] = .string(serialNumber)
            return .object(item)
        }
        let response = try await call(
            .patch, "/rpc/v1/objects",
            body: ["updateId": .string("u-\(UInt64.random(in: 0 ... .max))"), "objects": .array(items)])
        #expect(response.status == .accepted, "\(String(decoding: response.body, as: UTF8.self))")
        let answer = try JSON.parse(response.body)
        return [answer["accepted"]?.intValue, answer["unchanged"]?.intValue]
    }

    /// What a GET of the admin's or the issuer's answers.
    func get(_ path: String) async throws -> JSONValue {
        let response = try await call(.get, path)
        #expect(response.status == .ok, "\(path): \(String(decoding: response.body, as: UTF8.self))")
        return try JSON.parse(response.body)
    }

    /// Stores issuer and campaign, and waits until its class is at Google.
    func prepare(pass: JSONValue = coupon()) async throws {
        try await putIssuer()
        let answer = try await written { try await putClass(pass: pass) }
        #expect(answer["googleClass"]?["state"] == "ready", "\(answer)")
    }

    /// Sends a class or asks for a link until it is at Google: a busy machine may need longer than a person waits.
    func written(_ ask: () async throws -> HTTPClientResponse) async throws -> JSONValue {
        var answer = JSONValue.null
        _ = try await eventually {
            let response = try await ask()
            #expect([.ok, .serviceUnavailable].contains(response.status))
            answer = try response.json()
            return answer["mode"] == "id" || answer["googleClass"]?["state"] == "ready"
        }
        return answer
    }
}

extension HTTPClientResponse {
    /// The body as JSON.
    func json() throws -> JSONValue { try JSON.parse(body) }
}
