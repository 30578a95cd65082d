import Contracts
import HTTPClient
import HTTPTypes
import IPhoneSimulator
import JSON
import Support
import Synchronization
import Testing

extension EndToEndTests {
    /// What docs/operations.md says under "Key rings and their rotation", where everything runs twice.
    @Suite("Rotation, while replicas are replaced one by one") struct RotationTests {
        @Test("of the keys of links refuses no link")
        func links() async throws {
            try await Twins.run { twins in
                let (old, new) = (twins.platform.secrets.linkKeys, PlatformSecrets.key("l2"))
                try await twins.replace([.issuer], ["LINK_KEYS": "\(old),\(new)"])
                try await twins.replace([.issuer], ["LINK_KEYS": "\(new),\(old)"])
                #expect(twins.openedLinks > 100)
            }
        }

        @Test("of the keys of passes' tokens refuses no phone")
        func passTokens() async throws {
            try await Twins.run { twins in
                let (old, new) = (twins.platform.secrets.passTokenKeys, PlatformSecrets.key("t2"))
                try await twins.replace([.registry, .issuer], ["PASS_TOKEN_KEYS": "\(old),\(new)"])
                try await twins.replace([.registry, .issuer], ["PASS_TOKEN_KEYS": "\(new),\(old)"])
                #expect(twins.tokenKeys == ["t1", "t2"])
            }
        }

        @Test("of a service's token refuses no call of it")
        func serviceToken() async throws {
            try await Twins.run { twins in
                let name = "DEVICE_REGISTRY_TOKEN_SHA256"
                let (old, new) = (
                    try #require(twins.platform.secrets.services["device-registry"]), PlatformSecrets.token()
                )
                twins.platform.confide(new)
                let digests = (PlatformSecrets.digest(old), PlatformSecrets.digest(new))
                try await twins.replace([.issuer], [name: "\(digests.0),\(digests.1)"])
                try await twins.replace([.registry], ["SERVICE_TOKEN_FILE": nil, "SERVICE_TOKEN": new])
                try await twins.replace([.issuer], [name: digests.1])
            }
        }

        @Test("of personalisation's token refuses no request for links")
        func personalisation() async throws {
            try await Twins.run { twins in
                let (old, new) = (twins.platform.secrets.personalisation, PlatformSecrets.token())
                twins.platform.confide(new)
                let digests = (PlatformSecrets.digest(old), PlatformSecrets.digest(new))
                let name = "PERSONALISATION_TOKEN_SHA256"
                try await twins.replace([.issuer], [name: "\(digests.0),\(digests.1)"])
                twins.useToken(new)
                try await twins.replace([.issuer], [name: digests.1])
            }
        }
    }
}

/// Two replicas of pass-issuer and two of device-registry, each of which asks one of the first.
private final class Twins: Sendable {
    private struct Pair: Sendable {
        let issuer: ServiceProcess
        let registry: ServiceProcess
    }

    enum Part { case issuer, registry }

    private struct State {
        var token: String
        var links: [String] = []
        var passes: [PassContent] = []
        var openedLinks = 0
    }

    let platform: WalletPlatform
    private let pairs: [Pair]
    private let state: Mutex<State>

    private init(_ platform: WalletPlatform) throws {
        let second = Pair(
            issuer: try platform.replica(of: platform.issuer), registry: try platform.replica(of: platform.registry))
        second.registry.change(["PASS_ISSUER_URL": second.issuer.internalURL])
        self.platform = platform
        pairs = [Pair(issuer: platform.issuer, registry: platform.registry), second]
        state = Mutex(State(token: platform.secrets.personalisation))
    }

    static func run(_ body: @escaping @Sendable (Twins) async throws -> Void) async throws {
        try await withPlatform { platform in
            try await platform.provideDemo()
            let twins = try Twins(platform)
            for service in [twins.pairs[1].issuer, twins.pairs[1].registry] {
                try await service.start()
                try await service.waitUntilReady(client: platform.client)
            }
            try await twins.serve(twins.pairs)
            try await body(twins)
        }
    }

    var openedLinks: Int { state.withLock { $0.openedLinks } }

    /// The keys that tokens of passes were made with.
    var tokenKeys: Set<String> {
        state.withLock {
            Set($0.passes.compactMap { $0.authenticationToken.split(separator: ".").first.map(String.init) })
        }
    }

    func useToken(_ token: String) { state.withLock { $0.token = token } }

    /// Changes settings of one replica after the other, while the other pair serves alone, and both after each.
    func replace(_ parts: [Part], _ settings: [String: String?]) async throws {
        for part in parts {
            for (place, pair) in pairs.enumerated() {
                let service = part == .issuer ? pair.issuer : pair.registry
                service.change(settings)
                #expect(await service.terminate() == 0)
                try await serve([pairs[1 - place]])
                try await service.start()
                try await service.waitUntilReady(client: platform.client)
                try await serve(pairs)
            }
        }
    }

    /// Asks each of some pairs for a link; each opens all links there are, and hands out each pass for its token.
    private func serve(_ pairs: [Pair]) async throws {
        for pair in pairs { try await askForLink(at: pair) }
        let origin = try #require(platform.issuer.publicURL)
        for link in state.withLock({ $0.links }) {
            for pair in pairs {
                let address = try #require(pair.issuer.publicURL) + link.dropFirst(origin.count)
                let answer = try await platform.open(address)
                #expect(answer.status == .ok)
                let pass = try #require(PassContent(package: answer.body))
                state.withLock { state in
                    state.openedLinks += 1
                    state.passes.append(pass)
                }
            }
        }
        // Each token once, from whichever key.
        let passes = state.withLock { Dictionary($0.passes.map { ($0.authenticationToken, $0) }) { first, _ in first } }
        for (token, pass) in passes {
            for pair in pairs {
                let address = try #require(pair.registry.publicURL)
                let answer = try await platform.send(
                    .get, "\(address)/v1/passes/\(PassAuthority.passType)/\(pass.serialNumber)",
                    headers: ["Authorization": "ApplePass \(token)"])
                #expect(answer.status == .ok)
            }
        }
    }

    private func askForLink(at pair: Pair) async throws {
        let person = Person()
        let caller = RPCClient(
            client: platform.client, baseURL: pair.issuer.internalURL, token: state.withLock { $0.token })
        let request = LinkRequest(
            id: person.id, campaignId: WalletPlatform.campaign, platform: .apple, contact: person.contact,
            voucher: ["points": 0])
        let answer = try await caller.call(
            PassIssuerEndpoints.links, body: LinksRequest(requests: [try JSON.encodeToValue(request)]))
        let link = try #require(answer.urls.first?.url)
        platform.confide(String(link.split(separator: ".").last ?? ""))
        state.withLock { $0.links.append(link) }
    }
}
