import HTTPServer
import HTTPTypes
import Testing

@testable import IPhoneSimulator

@Suite struct PhoneFleetTests {
    private static let passType = "pass.com.example.test"

    private static func run(
        _ count: Int, _ test: (PhoneStage, PhoneFleet) async throws -> Void
    ) async throws {
        try await PhoneStage.run { stage in
            let fleet = PhoneFleet(
                webServiceURL: stage.server.url, passTypeIdentifier: passType, client: stage.client,
                backOff: BackOff(pauses: [0.01, 0.01, 0.01]))
            for number in 0..<count {
                await fleet.add(
                    FleetPhone(
                        deviceLibraryIdentifier: "d\(number)", pushToken: "t\(number)",
                        passes: ["S-1": "0123456789abcdef"]))
            }
            let running = Task { await fleet.run() }
            try await test(stage, fleet)
            running.cancel()
            await running.value
        }
    }

    private static func rest(_ fleet: PhoneFleet) async throws {
        while await !fleet.isIdle { try await Task.sleep(for: .milliseconds(2)) }
    }

    @Test("registers, follows each push with one question, and fetches what is listed with the date it got")
    func follows() async throws {
        let bytes = try await PhoneStage().package()
        try await Self.run(20) { stage, fleet in
            stage.server.answer {
                $0.changes = PhoneStage.changes(#"{"serialNumbers":["S-1"],"lastUpdated":"1"}"#)
                $0.pass = PhoneStage.pass(bytes)
            }
            await fleet.register()
            try await Self.rest(fleet)
            #expect(await fleet.counts.fetched == 20)
            #expect(await fleet.phones.allSatisfy { $0.passes["S-1"]?.content?["serialNumber"] == "S-1" })
            stage.server.answer {
                $0.changes = PhoneStage.changes(#"{"serialNumbers":["S-1"],"lastUpdated":"2"}"#)
                $0.pass = HTTPResponse(.notModified)
            }
            for number in 0..<20 {
                await fleet.receive(Push(passTypeIdentifier: Self.passType, pushToken: "t\(number)"))
            }
            try await Self.rest(fleet)
            let counts = await fleet.counts
            #expect(counts.pushes == 20 && counts.asked == 40 && counts.notModified == 20 && counts.failures == 0)
            #expect(stage.server.requests.last?.headers["If-Modified-Since"] == "Sun, 06 Nov 1994 08:49:37 GMT")
            #expect(stage.server.requests.contains { $0.query.first("passesUpdatedSince") == "1" })
            #expect(await fleet.complaints == [])
        }
    }

    @Test("repeats what failed until it succeeds, and gives up when it never does")
    func repeats() async throws {
        try await Self.run(1) { stage, fleet in
            stage.server.answer { $0.changes = HTTPResponse(.serviceUnavailable) }
            let push = Push(passTypeIdentifier: Self.passType, pushToken: "t0")
            await fleet.receive(push)
            try await Self.rest(fleet)
            #expect(await fleet.counts.failures == 4)
            #expect(await fleet.counts.abandoned == 1)
            stage.server.answer {
                $0.changes = HTTPResponse(.noContent)
                $0.refusals = 2
            }
            await fleet.receive(push)
            try await Self.rest(fleet)
            #expect(await fleet.counts.failures == 6)
            #expect(await fleet.counts.abandoned == 1)
            #expect(await fleet.counts.askedInVain == 1)
        }
    }

    @Test("notes what is wrong with answers, and pushes that are for nobody")
    func complains() async throws {
        try await Self.run(1) { stage, fleet in
            stage.server.answer {
                $0.changes = PhoneStage.changes(#"{"serialNumbers":["S-2"]}"#)
                $0.registration = HTTPResponse(.unauthorized)
            }
            await fleet.register()
            try await Self.rest(fleet)
            await fleet.receive(Push(passTypeIdentifier: Self.passType, pushToken: "nobody"))
            #expect(
                await fleet.complaints == [
                    "registration of S-1 (status 401)", "the tag (status 200)", "a pass it does not have (status 200)",
                ])
            #expect(await fleet.counts.strayPushes == 1)
        }
    }
}
