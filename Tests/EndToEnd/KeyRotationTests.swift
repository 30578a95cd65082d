import Contracts
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import Support
import Testing

extension EndToEndTests {
    @Suite("The command rotate-keys") struct KeyRotationTests {
        @Test("seals what is stored under the new key while services run, and the old one is needed no more")
        func rotation() async throws {
            try await withPlatform { platform in
                try await provideEveryCredential(platform)
                let (old, new) = (platform.secrets.masterKeys, PlatformSecrets.key("m2"))
                new.split(separator: ":").last.map { platform.confide(String($0)) }
                let holders = [platform.issuer, platform.push, platform.bridge]

                for service in holders {
                    // Without the old key what lies there can't be opened yet.
                    service.change(["MASTER_KEYS": new])
                    #expect(try await service.run("rotate-keys").status != 0, "\(service.name)")
                    // As docs/operations.md says: the new key is known everywhere before anything is sealed with it.
                    service.change(["MASTER_KEYS": "\(old),\(new)"])
                    try await service.restart(client: platform.client)
                    service.change(["MASTER_KEYS": "\(new),\(old)"])
                    try await service.restart(client: platform.client)
                    try await Self.rotate(service, expecting: service === platform.bridge ? 1 : 2)
                    try await Self.rotate(service, expecting: 0)
                    service.change(["MASTER_KEYS": new])
                    try await service.restart(client: platform.client)
                }

                // pass-issuer signs, push-sender reaches APNs, google-bridge reads its account.
                let fleet = try platform.makeFleet()
                let phone = try #require(try await platform.addPhones(1, to: fleet).first)
                try await platform.patch(try #require(phone.passes.keys.first), PassPatchFixtures.points(1))
                try await platform.apns.waitForPushes(to: phone.pushToken)
                let checks = try await platform.admin.call(
                    PassIssuerEndpoints.checkWalletConfiguration,
                    parameters: ["id": WalletConfigurationID.both.rawValue]
                ).checks
                #expect(checks.first { $0.name == "apnsHandshake" }?.state == .ok)
                // The account's token endpoint is asked, where nobody is.
                let google = try #require(checks.first { $0.name == "googleToken" })
                #expect(google.state == .failed && !google.detail.contains("MASTER_KEYS"), "\(google.detail)")
            }
        }

        private static func rotate(_ service: ServiceProcess, expecting count: Int) async throws {
            let outcome = try await service.run("rotate-keys")
            #expect(outcome.status == 0, "\(service.name): \(outcome.output)")
            #expect(outcome.output.contains(#""rotated":"\#(count)""#), "\(service.name): \(outcome.output)")
        }
    }
}
