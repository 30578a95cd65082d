import HTTPTypes
import JSON
import Testing

@testable import GoogleBridge

@Suite("Checks of an issuer") struct CheckTests {
    private static func checks(_ bridge: BridgeUnderTest) async throws -> [JSONValue] {
        try await bridge.get("/rpc/v1/issuers/acme/checks")["checks"]?.arrayValue ?? []
    }

    @Test("find token, issuer and permission in order, and tell of demo mode")
    func ok() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            bridge.google.put("issuer/\(GoogleFixtures.issuerID)", ["name": "Acme"])
            bridge.google.put(
                "permissions/\(GoogleFixtures.issuerID)",
                ["permissions": [["emailAddress": .string(GoogleFixtures.clientEmail), "role": "writer"]]])
            let checks = try await Self.checks(bridge)
            let names = ["googleToken", "googleIssuer", "googlePermission", "googlePublishing"]
            #expect(checks.map { $0["name"]?.stringValue } == names)
            #expect(checks.allSatisfy { $0["state"] == "ok" })
            #expect(checks.last?["remedy"]?.stringValue?.contains("https://pay.google.com/business/console") == true)
        }
    }

    @Test("name a missing permission, the account and the page to open")
    func permission() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            bridge.google.put("issuer/\(GoogleFixtures.issuerID)", ["name": "Acme"])
            bridge.google.put(
                "permissions/\(GoogleFixtures.issuerID)",
                ["permissions": [["emailAddress": .string(GoogleFixtures.clientEmail), "role": "READER"]]])
            let check = try await Self.checks(bridge)[2]
            #expect(check["state"] == "failed")
            #expect(check["detail"]?.stringValue?.contains(GoogleFixtures.clientEmail) == true)
            #expect(check["remedy"]?.stringValue?.contains("https://pay.google.com/business/console") == true)
        }
    }

    @Test("stop at a token that Google refuses, in its words")
    func token() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            bridge.google.refuseTokens("invalid_grant")
            let checks = try await Self.checks(bridge)
            #expect(checks.count == 1 && checks[0]["state"] == "failed")
            #expect(checks[0]["detail"]?.stringValue?.contains("invalid_grant") == true)
            #expect(checks[0]["remedy"]?.stringValue?.isEmpty == false)
        }
    }

    @Test("stop at an issuer that the account is no user of, in Google's words")
    func issuer() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.putIssuer()
            bridge.google.script(.answer(.forbidden, reason: "permissionDenied", message: "Permission denied."))
            let checks = try await Self.checks(bridge)
            #expect(checks.count == 2 && checks[1]["state"] == "failed")
            #expect(checks[1]["detail"]?.stringValue?.contains("Permission denied.") == true)
            #expect(checks[1]["remedy"]?.stringValue?.contains(GoogleFixtures.clientEmail) == true)
        }
    }

    @Test("are 409 without credentials")
    func unknown() async throws {
        try await BridgeUnderTest.run { bridge in
            let response = try await bridge.call(.get, "/rpc/v1/issuers/acme/checks")
            #expect(response.status == .notFound)
        }
    }
}
