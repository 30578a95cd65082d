import Contracts
import GoogleWalletSimulator
import HTTPClient
import HTTPTypes
import JSON
import Support
import Testing

/// google-bridge alone as a process, at the simulated Google.
struct BridgeProcess: Sendable {
    static let issuerID = "3388000000000000001"

    let platform: WalletPlatform
    let google: GoogleWallet

    var process: ServiceProcess { platform.bridge }
    var client: HTTPClient { platform.client }

    /// Runs a body against a process that knows its issuer.
    static func run(_ body: @escaping @Sendable (BridgeProcess) async throws -> Void) async throws {
        try await GoogleWallet.serving { google in
            google.change { $0.callsPerSecond = 0 }
            try google.put(Issuer(issuerId: issuerID, name: "Acme"))
            let key = try google.makeServiceAccount("wallet@acme.example", issuers: [issuerID])
            try await withPlatform(isStarted: false) { platform in
                platform.bridge.change([
                    "GOOGLE_WALLET_URL": google.url, "GOOGLE_SAVE_URL": google.saveURL,
                    "GOOGLE_KEYS_URL": google.keysURL, "GOOGLE_RATE_PER_SECOND": "100",
                    // What a killed process had taken goes on soon.
                    "OPERATION_LEASE_SECONDS": "5",
                ])
                let bridge = BridgeProcess(platform: platform, google: google)
                #expect(try await bridge.process.migrate().status == 0)
                try await bridge.process.start()
                try await bridge.process.waitUntilReady(client: bridge.client)
                let issuer: JSONValue = ["issuerId": .string(issuerID), "serviceAccount": try key.file()]
                #expect(try await bridge.call(.put, "/rpc/v1/issuers/acme", issuer).status == .created)
                try await body(bridge)
            }
        }
    }

    /// Calls as pass-issuer does, or as the admin below `/admin`.
    func call(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async throws -> HTTPClientResponse {
        let own = platform.secrets.services[ServiceName.issuer.rawValue] ?? ""
        let token = path.hasPrefix("/admin") ? platform.secrets.admin : own
        var request = HTTPClientRequest(
            method: method, url: process.internalURL + path, headers: ["Authorization": "Bearer \(token)"],
            body: body?.serialized() ?? [], deadline: .seconds(30))
        if body != nil { request.headers["Content-Type"] = "application/json" }
        return try await client.send(request)
    }

    /// Ends the process as a crash of the machine would, and starts it again.
    func crash() async throws {
        await process.kill()
        try await process.start()
        try await process.waitUntilReady(client: client)
    }

    private static func pass(_ text: String, colour: Int = 0) -> JSONValue {
        [
            "backgroundColor": .string("rgb(0, 0, \(colour))"), "description": "A coupon", "organizationName": "Acme",
            "coupon": [
                "primaryFields": [["key": "offer", "label": "Offer", "value": "Spring"]],
                "auxiliaryFields": [["key": "text", "label": "Text", "value": .string(text)]],
            ],
        ]
    }

    /// A pass with its version in a field.
    static func object(version: Int) -> JSONValue {
        [
            "campaignId": "spring", "walletConfigurationId": "acme", "campaignVersion": 1,
            "version": .number(JSONNumber(version)), "pass": pass("version \(version) of it"), "localizations": [:],
            "images": [], "voided": false,
        ]
    }

    /// A campaign whose class has its version for a colour.
    static func campaign(version: Int) -> JSONValue {
        [
            "walletConfigurationId": "acme", "version": .number(JSONNumber(version)), "name": "Spring",
            "pass": pass("text", colour: version), "localizations": [:],
            "tokenPointers": ["/pass/coupon/auxiliaryFields/0/value"], "images": [],
        ]
    }

    /// The blue of the class at Google, which is its version.
    var classVersion: Int? {
        let colour = google.resource(.class, "\(Self.issuerID).spring")?["hexBackgroundColor"]?.stringValue
        return colour.flatMap { Int($0.dropFirst(), radix: 16) }
    }

    /// Sends the campaign and waits until its class is at Google.
    func putClass() async throws {
        // Google may need longer than an admin is made to wait.
        try await eventually("the class to be at Google") {
            let answer = try JSON.parse(
                try await call(.put, "/rpc/v1/classes/spring", Self.campaign(version: 1)).body)
            return answer["googleClass"]?["state"] == "ready"
        }
    }

    /// Sends changed passes.
    /// - Returns: whether they were taken.
    @discardableResult func patch(_ serialNumbers: [String], version: Int) async throws -> Bool {
        let items = serialNumbers.map { serialNumber -> JSONValue in
            var item = Self.object(version: version).objectValue ?? [:]
            item["serialNumber"] = .string(serialNumber)
            return .object(item)
        }
        let response = try await call(
            .patch, "/rpc/v1/objects", ["updateId": .string("u-\(version)"), "objects": .array(items)])
        return response.status == .accepted
    }

    /// All that Google has of a pass.
    func text(of serialNumber: String) -> String {
        google.resource(.object, "\(Self.issuerID).\(serialNumber)").map { "\($0)" } ?? ""
    }

    /// The operations in a state.
    func operations(in state: String) async throws -> [JSONValue] {
        let response = try await call(.get, "/admin/v1/operations?state=\(state)")
        return try JSON.parse(response.body)["items"]?.arrayValue ?? []
    }

    /// How many passes were saved, by the count of days.
    func saved() async throws -> Int {
        let days = try JSON.parse(try await call(.get, "/rpc/v1/statistics").body)["days"]?.arrayValue ?? []
        return days.compactMap { $0["googleSaved"]?.intValue }.reduce(0, +)
    }
}
