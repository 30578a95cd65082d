import Support
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
