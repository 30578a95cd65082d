import GoogleWalletSimulator
import HTTPTypes
import JSON
import Support
import Testing

@testable import GoogleBridge

@Suite("The bridge under load at the simulated Google") struct GoogleLoadTests {
    private static let issuerID = GoogleFixtures.issuerID

    private static func prepare(_ google: SimulatedGoogle) async throws {
        let bridge = google.bridge
        let answer = try await bridge.written { try await bridge.putClass() }
        #expect(answer["googleClass"]?["state"] == "ready", "\(answer)")
        let model = try await bridge.written { try await bridge.putObject("model") }
        #expect(model["mode"] == "id", "\(model)")
    }

    /// Lets as many passes have changed as if a mass update had brought them: each waits for its patch.
    private static func enqueue(_ count: Int, _ google: SimulatedGoogle) async throws {
        let pool = google.bridge.pool
        let model = "\(issuerID).model"
        try await pool.execute(
            """
            INSERT INTO google.resources (level, resource_id, wallet_configuration_id, issuer_id, campaign_id, kind, target,
                class_id, campaign_version, wanted, sent, is_at_google)
            SELECT level, \(issuerID) || '.r' || n, wallet_configuration_id, issuer_id, campaign_id, kind,
                'object:r' || n, class_id, campaign_version, replace(wanted::text, \(model), \(issuerID) || '.r' || n)::json,
                NULL, true
            FROM google.resources, generate_series(1, \(count)) n WHERE level = 'object' AND resource_id = \(model)
            """)
        try await pool.execute(
            """
            INSERT INTO google.operations (level, resource_id, issuer_id, kind, priority)
            SELECT level, resource_id, issuer_id, 'patchObject', 3 FROM google.resources
            WHERE level = 'object' AND state = 'pending'
            """)
    }

    @Test("gives a person a link within a second while 10,000 changed passes wait for Google")
    func person() async throws {
        try await SimulatedGoogle.run(replicas: 2) { google in
            try await Self.prepare(google)
            try await Self.enqueue(10_000, google)
            let isWorking = await eventually { (google.wallet.callCountByStatus[200] ?? 0) > 10 }
            #expect(isWorking)
            var times: [Duration] = []
            for number in 0..<9 {
                let start = ContinuousClock.now
                let bridge = google.bridge
                let link = try await bridge.written {
                    try await bridge.putObject("person-\(number)", replica: number % 2)
                }
                times.append(start.duration(to: .now))
                #expect(link["mode"] == "id", "\(link)")
            }
            #expect(times.sorted()[times.count / 2] < .seconds(1), "\(times)")
            let waiting = try await google.bridge.count(
                "SELECT count(*) FROM google.operations WHERE state = 'pending'")
            #expect(waiting > 9_000)
        }
    }

    @Test("makes no call before its place in the pace, two replicas together, and is refused none")
    func everyCall() async throws {
        // Room for calls that a busy machine holds up for three seconds and then sends at once.
        try await SimulatedGoogle.run(replicas: 2) {
            $0.burst = 60
        } _: { google in
            let bridge = google.bridge
            try await Self.prepare(google)
            let start = Instant.now()
            for batch in 0..<3 {
                let objects = (0..<40).map { ("b\(batch)-\($0)", BridgeUnderTest.objectRequest()) }
                #expect(try await bridge.patchObjects(objects) == [40, 0])
            }
            try await withThrowingTaskGroup(of: HTTPStatus.self) { group in
                for number in 0..<10 {
                    group.addTask { try await bridge.putObject("person-\(number)", replica: number % 2).status }
                }
                for try await status in group { #expect(status == .ok) }
            }
            #expect(await google.settle())
            #expect(google.wallet.callCountByStatus[429] == nil)
            let calls = google.wallet.calls.filter { $0.issuerId == Self.issuerID }
            #expect(PaceReading(calls.map(\.at), since: start).keeps(20))
            #expect(google.wallet.resourceCounts.objects == 131)
        }
    }
}
