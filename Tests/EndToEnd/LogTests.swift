import Contracts
import HTTPClient
import HTTPTypes
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("Logs") struct LogTests {
        @Test("even at the level debug no log holds a token, a key, a link or a person") func secrets() async throws {
            try await withPlatform(ownCluster: true, isStarted: false) { platform in
                for service in platform.services { service.change(["LOG_LEVEL": "debug"]) }
                try await platform.start()
                try await platform.provideDemo()
                let device = try await Self.useEverything(platform)
                try await Self.failInManyWays(platform, device)

                #expect(platform.leaks() == [])
                // The search itself works, and requests are logged.
                for text in ["/api/pass/create/{jwt}", "/v1/log", "/pers/v1/urls"] {
                    #expect(!platform.lines(with: [text]).isEmpty, "\(text) stands in no log")
                }
                #expect(platform.lines(with: ["database system is ready"]).first?.hasPrefix("postgresql") == true)
            }
        }

        private static func useEverything(_ platform: WalletPlatform) async throws -> WalletDevice {
            let package = try await platform.open(try await platform.link(for: Person())).body
            let device = WalletDevice(platform)
            try await device.add(package: package)
            let serialNumber = try #require(PassContent(package: package)).serialNumber
            #expect(await device.register(serialNumber) == .created)
            let person = Person()
            [person.firstName, person.lastName].forEach(platform.confide)
            try await platform.patch(serialNumber, PassPatch(contact: .value(person.contact)))
            try await eventually("the change to arrive") {
                await device.refresh()
                return await device.passes[serialNumber]?.lastModified != nil
            }
            return device
        }

        private static func failInManyWays(_ platform: WalletPlatform, _ device: WalletDevice) async throws {
            let person = Person()
            let link = try await platform.link(for: person)
            for url in [link + "x", String(link.dropLast(9)), link + "?person=\(person.lastName)"] {
                _ = try await platform.open(url)
            }
            let wrongToken = "wrong-token-of-\(person.lastName)"
            platform.confide(wrongToken)
            for service in [platform.issuer, platform.registry] {
                for base in [service.internalURL, service.publicURL ?? ""] {
                    for path in ["/admin/v1/passes/\(person.firstName)", "/v1/passes/pass.x/\(person.firstName)"] {
                        _ = try await platform.send(
                            .get, base + path, headers: ["Authorization": "Bearer \(wrongToken)"])
                    }
                }
            }
            try await reportAsPhone(platform, device, person)
            // A body with a fault names the pointer, never the value.
            let fault = HTTPClientRequest(
                method: .post, url: platform.issuer.internalURL + "/pers/v1/urls",
                headers: [
                    "Authorization": "Bearer \(platform.secrets.personalisation)", "Content-Type": "application/json",
                ],
                body: Array(
                    #"{"requests":[{"\#(person.firstName)":"\#(person.lastName)"}],"x":"\#(person.firstName)"}"#.utf8))
            _ = try await platform.client.send(fault)
            // While the database is away errors are logged too.
            let cluster = try #require(platform.cluster)
            try await cluster.stop()
            #expect(try await platform.open(link).status == .serviceUnavailable)
            await device.refresh()
            try await cluster.restart()
            for service in platform.services { try await service.waitUntilReady(client: platform.client) }
        }

        private static func reportAsPhone(
            _ platform: WalletPlatform, _ device: WalletDevice, _ person: Person
        ) async throws {
            let token = await device.passes.values.first?.content.authenticationToken ?? ""
            let identifier = await device.deviceLibraryIdentifier
            let line =
                "Get pass task (pass type \(PassAuthority.passType), serial number \(person.firstName), token ApplePass "
                + "\(token)) for device \(identifier) encountered error: Authentication failure"
            let body: JSONValue = ["logs": [.string(line)]]
            let report = HTTPClientRequest(
                method: .post, url: (platform.registry.publicURL ?? "") + "/v1/log", body: body.serialized())
            #expect(try await platform.client.send(report).status == .ok)
        }
    }
}
