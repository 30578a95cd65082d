import HTTPTypes
import JSON
import Postgres
import ServiceKit
import Support
import Testing

@testable import GoogleBridge

@Suite("What google-bridge keeps") struct OperationRetentionTests {
    private static let failed: SQL = "SELECT count(*) FROM google.operations WHERE state = 'failed'"

    /// Refuses a change of a pass for good.
    private static func refuse(_ bridge: BridgeUnderTest, _ method: HTTPMethod) {
        bridge.google.script(.answer(.badRequest, reason: "invalidResource", message: "No.")) {
            $0.method == method && $0.path.hasPrefix("offerObject")
        }
    }

    private static func change(_ bridge: BridgeUnderTest, version: Int) async throws {
        let pass = BridgeUnderTest.coupon(value: "v\(version)")
        let request = BridgeUnderTest.objectRequest(version: version, pass: pass)
        #expect(try await bridge.patchObjects([("p1", request)]) == [1, 0])
    }

    private static func settle(_ bridge: BridgeUnderTest, failed count: Int) async throws {
        try await eventually("the queue to come to rest") {
            let pending = try await bridge.count("SELECT count(*) FROM google.operations WHERE state = 'pending'")
            let refused = try await bridge.count(failed)
            return pending == 0 && refused == count
        }
    }

    @Test("forgets what Google refused for good when it is old enough; the next change is tried all the same")
    func refused() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            Self.refuse(bridge, .post)
            try await Self.change(bridge, version: 1)
            try await Self.settle(bridge, failed: 1)
            let retention = Retention(
                operations: OperationStore(database: bridge.pool), callbacks: CallbackStore(database: bridge.pool),
                events: EventStore(database: bridge.pool), operationAge: .seconds(3_600),
                failedOperationAge: .seconds(1_000), eventAge: .seconds(3_600),
                logger: Logger(service: "test", level: .error), clock: { .now() })
            try await retention.sweep(at: .now().adding(seconds: 900))
            #expect(try await bridge.count(Self.failed) == 1)
            try await retention.sweep(at: .now().adding(seconds: 1_100))
            #expect(try await bridge.count(Self.failed) == 0)
            try await Self.change(bridge, version: 2)
            try await Self.settle(bridge, failed: 0)
            #expect(bridge.google.resource(BridgeUnderTest.objectPath("p1")) != nil)
        }
    }

    @Test("an erasure has Google asked again for an emptied object of which the refusal is forgotten")
    func erased() async throws {
        try await BridgeUnderTest.run { bridge in
            try await bridge.prepare()
            try await Self.change(bridge, version: 1)
            try await Self.settle(bridge, failed: 0)
            Self.refuse(bridge, .patch)
            let erasure: JSONValue = ["serialNumbers": ["p1"], "objects": []]
            _ = try await bridge.call(.post, "/rpc/v1/erasures", body: erasure)
            try await Self.settle(bridge, failed: 1)
            #expect(try await bridge.call(.post, "/rpc/v1/erasures", body: erasure).json()["objects"] == 1)
            _ = try await bridge.pool.execute("DELETE FROM google.operations WHERE state = 'failed'")
            try await eventually("Google to take it") {
                try await bridge.call(.post, "/rpc/v1/erasures", body: erasure).json()["objects"] == 0
            }
            #expect(bridge.google.resource(BridgeUnderTest.objectPath("p1"))?["state"] == "INACTIVE")
        }
    }
}
