import GoogleWalletSimulator
import HTTPServer
import HTTPTypes
import JSON
import Synchronization
import Testing

@Suite struct GoogleImageTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]

    /// A host of images with its faults.
    private static func run(
        deadlineMilliseconds: Int = 30_000,
        _ body: @escaping @Sendable (WalletStage, String, Tally) async throws -> Void
    ) async throws {
        let tally = Tally()
        var routes = Routes()
        routes.on(.get, "/good.png") { _ in
            tally.add()
            return HTTPResponse(headers: ["Content-Type": "image/png"], body: .bytes(png))
        }
        routes.on(.get, "/page.png") { _ in .html("<p>no image") }
        routes.on(.get, "/liar.png") { _ in
            HTTPResponse(headers: ["Content-Type": "image/png"], body: .bytes(Array("<p>no image".utf8)))
        }
        routes.on(.get, "/slow.png") { _ in
            try await Task.sleep(for: .seconds(2))
            return HTTPResponse()
        }
        try await RunningServer.serving(routes) { server in
            let url = server.url
            try await WalletStage.run {
                $0.settings.callsPerSecond = 0
                $0.settings.images = .fetched
                $0.settings.imageDeadlineMilliseconds = deadlineMilliseconds
            } _: { stage in
                try await body(stage, url, tally)
            }
        }
    }

    final class Tally: Sendable {
        private let state = Mutex(0)
        var count: Int { state.withLock { $0 } }
        func add() { state.withLock { $0 += 1 } }
    }

    private static func classWith(_ address: String) -> JSONValue {
        var object = SampleKind.transit.classResource("1")
        object["logo"] = ["sourceUri": ["uri": .string(address)]]
        return .object(object)
    }

    @Test("fetches an image while the caller waits, and each once")
    func fetches() async throws {
        try await Self.run { stage, url, tally in
            let made = try await stage.call(.post, "transitClass", Self.classWith("\(url)/good.png"))
            #expect(made.status == 200, "\(made.json)")
            #expect(tally.count == 1)
            let changed = try await stage.call(
                .patch, "transitClass/\(WalletStage.id("class-1"))",
                ["reviewStatus": "UNDER_REVIEW", "wideLogo": ["sourceUri": ["uri": .string("\(url)/good.png")]]])
            #expect(changed.status == 200)
            #expect(tally.count == 1)
        }
    }

    @Test("refuses images that are not there, are none or come too late", arguments: ["gone", "page", "liar", "slow"])
    func refuses(_ name: String) async throws {
        try await Self.run(deadlineMilliseconds: name == "slow" ? 500 : 30_000) { stage, url, _ in
            let answer = try await stage.call(.post, "transitClass", Self.classWith("\(url)/\(name).png"))
            #expect(answer.status == 400 && answer.reason == "invalidResource", "\(answer.json)")
            #expect(stage.wallet.resourceCounts.classes == 0)
        }
    }

    @Test("lets images die by script, without a host")
    func kills() async throws {
        try await WalletStage.run { stage in
            stage.wallet.killImages(containing: "/logo")
            let dead = try await stage.call(
                .post, "transitClass", .object(SampleKind.transit.classResource("1")))
            #expect(dead.status == 400)
            let alive = try await stage.call(
                .post, "transitClass", Self.classWith("https://images.example.com/other.png"))
            #expect(alive.status == 200)
        }
    }
}
