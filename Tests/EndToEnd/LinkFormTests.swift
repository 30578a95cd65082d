import Cryptography
import Foundation
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support
import Testing

extension EndToEndTests {
    @Suite("Links and tokens under changing keys") struct LinkFormTests {
        @Test("an encrypted link shows nothing of the person and opens like a signed one") func encrypted() async throws
        {
            try await withPlatform(settings: ["LINK_FORMAT": "encrypted"]) { platform in
                try await platform.provideDemo()
                let person = Person()
                let link = try await platform.link(for: person)
                for text in [link] + Self.decodedParts(of: link) {
                    for secret in [person.id, person.firstName, person.lastName, WalletPlatform.campaign.rawValue] {
                        #expect(!text.contains(secret))
                    }
                }
                let package = try await platform.makePhone().add(link: link)
                #expect(
                    PassContent(package: package.bytes)?.field("member")
                        == .string("\(person.firstName) \(person.lastName)"))

                // Both forms are accepted whatever is made.
                platform.issuer.change(["LINK_FORMAT": "signed"])
                try await platform.issuer.restart(client: platform.client)
                #expect(try await platform.open(link).status == .ok)
                let signed = try await platform.link(for: person)
                #expect(signed != link)
                platform.issuer.change(["LINK_FORMAT": "encrypted"])
                try await platform.issuer.restart(client: platform.client)
                #expect(try await platform.open(signed).status == .ok)
            }
        }

        @Test("links and tokens made before a change of keys stay good after it, and fall with their key")
        func rotation() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                let (old, unopened) = (try await platform.link(for: Person()), try await platform.link(for: Person()))
                let phone = try platform.makePhone()
                let serialNumber = try await phone.add(link: old).pass.serialNumber
                let oldToken = try #require(await phone.passes.first?.pass.authenticationToken)

                let keys = (link: PlatformSecrets.key("l2"), token: PlatformSecrets.key("t2"))
                platform.issuer.change(["LINK_KEYS": "\(keys.link),\(platform.secrets.linkKeys)"])
                for service in [platform.issuer, platform.registry] {
                    service.change(["PASS_TOKEN_KEYS": "\(keys.token),\(platform.secrets.passTokenKeys)"])
                    try await service.restart(client: platform.client)
                }
                #expect(try await platform.open(unopened).status == .ok)
                #expect(oldToken.hasPrefix("t1."))
                try await platform.patch(serialNumber, PassPatchFixtures.points(7))
                try await eventually("the phone to be told") { try await !phone.refresh().isEmpty }
                #expect(await phone.passes.first?.pass.authenticationToken == oldToken)
                #expect(await phone.passes.first?.isRegistered == true)

                let newer = try await platform.makePhone().add(link: try await platform.link(for: Person()))
                #expect(newer.pass.authenticationToken?.hasPrefix("t2.") == true)

                platform.issuer.change(["LINK_KEYS": keys.link])
                try await platform.issuer.restart(client: platform.client)
                #expect(try await platform.open(unopened).status == .unauthorized)
            }
        }

        /// What anyone can read from a token without a key.
        private static func decodedParts(of link: String) -> [String] {
            (link.split(separator: "/").last ?? "").split(separator: ".").compactMap { part in
                Base64URL.decode(String(part)).map { String(decoding: $0, as: UTF8.self) }
            }
        }
    }
}
