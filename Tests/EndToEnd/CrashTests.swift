import Contracts
import HTTPClient
import Support
import Synchronization
import Testing

extension EndToEndTests {
    @Suite("After kill -9 in mid-load nothing acknowledged is lost") struct CrashTests {
        @Test("when it hits pass-issuer or device-registry", arguments: [ServiceName.issuer, .registry])
        func service(_ name: ServiceName) async throws {
            try await withPlatform { platform in
                let load = try await Load(platform)
                let service = try #require(platform.services.first { $0.name == name.rawValue })
                try await load.run {
                    for count in [30, 90, 150] {
                        try await load.reach(count)
                        await service.kill()
                        try await service.start()
                        try await service.waitUntilReady(client: platform.client)
                    }
                }
            }
        }

        @Test("when it hits push-sender: each delivery that it took is pushed") func pushSender() async throws {
            try await withPlatform { platform in
                platform.push.change(["PUSH_LEASE_SECONDS": "3"])
                try await platform.push.restart(client: platform.client)
                try await platform.provideDemo()
                let taken = TakenTokens()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for writer in 0..<4 {
                        group.addTask {
                            for number in 0..<50 {
                                let tokens = try Self.tokens(writer * 10_000 + number * 30)
                                try await Self.deliver(tokens, id: "crash-\(writer)-\(number)", platform)
                                taken.add(tokens)
                            }
                        }
                    }
                    for count in [30, 90, 150] {
                        try await eventually(within: .seconds(60), "\(count) deliveries to be taken") {
                            taken.all.count >= count * 30
                        }
                        await platform.push.kill()
                        try await platform.push.start()
                        try await platform.push.waitUntilReady(client: platform.client)
                    }
                    try await group.waitForAll()
                }
                #expect(taken.all.count == 6_000)
                try await eventually(within: .seconds(60), "each token that was taken to be pushed") {
                    let pushed = try platform.apns.pushCounts()
                    let waiting = try await platform.query("SELECT count(*) FROM push.jobs") == "0"
                    return waiting && taken.all.allSatisfy { pushed[$0.rawValue] != nil }
                }
            }
        }

        private static func tokens(_ first: Int) throws -> [PushToken] {
            try (first..<first + 30).map { number in
                let digits = String(number, radix: 16)
                return try #require(
                    PushToken(rawValue: String(repeating: "0", count: 64 - digits.count) + digits))
            }
        }

        /// Hands pushes over as device-registry does: again and again under the same id until they are taken.
        private static func deliver(_ tokens: [PushToken], id: String, _ platform: WalletPlatform) async throws {
            let caller = RPCClient(
                client: platform.client, baseURL: platform.push.internalURL,
                token: platform.secrets.services[ServiceName.registry.rawValue], deadline: .seconds(10))
            let request = PushesRequest(
                pushId: try #require(PushID(rawValue: id)), passTypeIdentifier: .written("pass.example.demo"),
                pushTokens: tokens)
            try await eventually(within: .seconds(60), "delivery \(id) to be taken") {
                // Without an answer nothing is promised.
                (try? await caller.call(PushSenderEndpoints.pushes, body: request)) != nil
            }
        }

        @Test("when it hits PostgreSQL") func database() async throws {
            try await withPlatform(ownCluster: true) { platform in
                let cluster = try #require(platform.cluster)
                let load = try await Load(platform)
                try await load.run {
                    for count in [30, 120] {
                        try await load.reach(count)
                        try await cluster.kill()
                        try await cluster.restart()
                        for service in platform.services { try await service.waitUntilReady(client: platform.client) }
                    }
                }
            }
        }
    }
}

/// Push tokens whose deliveries push-sender has acknowledged.
private final class TakenTokens: Sendable {
    private let tokens = Mutex<Set<PushToken>>([])

    /// All of them so far.
    var all: Set<PushToken> { tokens.withLock { $0 } }

    /// Adds those of a delivery.
    func add(_ delivered: [PushToken]) {
        tokens.withLock { $0.formUnion(delivered) }
    }
}
