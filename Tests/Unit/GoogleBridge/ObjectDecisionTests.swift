import Contracts
import GoogleWalletSchema
import JSON
import Testing

@testable import GoogleBridge

@Suite struct ObjectDecisionTests {
    private static func incoming(
        version: Int, campaignVersion: Int = 1, body: JSONObject = ["state": "ACTIVE"], id: String = "1.a"
    ) throws -> IncomingObject {
        IncomingObject(
            serialNumber: try #require(SerialNumber(rawValue: "a")), version: version,
            campaignVersion: campaignVersion, expiresAt: nil, request: .null,
            resource: WantedResource(
                id: .object(id), walletConfiguration: try #require(WalletConfigurationID(rawValue: "w")),
                issuerID: try #require(GoogleIssuerID(rawValue: "1")),
                campaign: try #require(CampaignID(rawValue: "c")), kind: .offer, target: "object:a", classID: "1.c",
                campaignVersion: campaignVersion, body: body),
            notice: { _ in GoogleNotification() })
    }

    private static func stored(
        version: Int, wanted: JSONObject = ["state": "ACTIVE"], sent: JSONObject? = nil, isFailed: Bool = false
    ) throws -> StoredObject {
        StoredObject(
            serialNumber: try #require(SerialNumber(rawValue: "a")), objectID: "1.a", version: version,
            campaignVersion: 1, request: nil,
            resource: .init(
                classID: "1.c", wanted: wanted, sent: sent, isAtGoogle: true, isFailed: isFailed))
    }

    @Test("writes a pass that is not there yet")
    func new() throws {
        #expect(ObjectDecision(try Self.incoming(version: 1), stored: nil) == .write(sent: nil))
    }

    @Test("keeps what is stored when the same or an older version comes", arguments: [1, 2, 3])
    func keeps(version: Int) throws {
        let decision = ObjectDecision(
            try Self.incoming(version: version, body: ["state": "INACTIVE"]), stored: try Self.stored(version: 3))
        #expect(decision == .keep)
    }

    @Test("takes the same pass of a newer campaign version for newer")
    func newerCampaign() throws {
        let decision = ObjectDecision(
            try Self.incoming(version: 3, campaignVersion: 2, body: ["state": "INACTIVE"]),
            stored: try Self.stored(version: 3))
        #expect(decision == .write(sent: ["state": "INACTIVE"]))
    }

    @Test("adopts a newer version whose object is the same, unless Google refused it")
    func adopts() throws {
        let incoming = try Self.incoming(version: 4)
        #expect(ObjectDecision(incoming, stored: try Self.stored(version: 3)) == .adopt)
        #expect(
            ObjectDecision(incoming, stored: try Self.stored(version: 3, isFailed: true))
                == .write(sent: ["state": "ACTIVE"]))
    }

    @Test("remembers every member that may have been sent, at every depth")
    func remembers() throws {
        let stored = try Self.stored(
            version: 3, wanted: ["state": "ACTIVE", "a": ["x": 1]], sent: ["state": "ACTIVE", "a": ["x": 1, "y": 2]])
        let decision = ObjectDecision(
            try Self.incoming(version: 4, body: ["state": "ACTIVE", "a": ["x": 2], "b": 1]), stored: stored)
        #expect(decision == .write(sent: ["state": "ACTIVE", "a": ["x": 2, "y": 2], "b": 1]))
    }

    @Test("begins anew under another id, whatever the version")
    func otherID() throws {
        let decision = ObjectDecision(try Self.incoming(version: 1, id: "2.a"), stored: try Self.stored(version: 3))
        #expect(decision == .write(sent: nil))
    }
}
