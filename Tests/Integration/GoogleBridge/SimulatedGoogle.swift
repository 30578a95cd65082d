import Contracts
import Cryptography
import GoogleWalletSchema
import GoogleWalletSimulator
import HTTPTypes
import JSON
import ServiceKit
import Support

@testable import GoogleBridge

/// A bridge whose Google is the simulator, which refuses what the real one refuses.
struct SimulatedGoogle: Sendable {
    let wallet: GoogleWallet
    let bridge: BridgeUnderTest
    private let account: ServiceAccount

    static let issuerID = GoogleFixtures.issuerID
    private static let email = GoogleFixtures.clientEmail

    /// Runs a test against a bridge that has the issuer `acme` and nothing else.
    static func run(
        settings changes: [String: String] = [:], replicas: Int = 1,
        google change: @Sendable (inout GoogleWalletSettings) -> Void = { _ in },
        _ test: @escaping @Sendable (SimulatedGoogle) async throws -> Void
    ) async throws {
        var configuration = GoogleWalletConfiguration()
        change(&configuration.settings)
        try await GoogleWallet.serving(configuration) { wallet in
            try wallet.put(Issuer(issuerId: issuerID, name: "Acme"))
            let key = try wallet.makeServiceAccount(
                email, issuers: [issuerID], privateKey: try GoogleFixtures.key.get())
            var settings = [
                "GOOGLE_WALLET_URL": wallet.url, "GOOGLE_SAVE_URL": wallet.saveURL, "GOOGLE_KEYS_URL": wallet.keysURL,
                "GOOGLE_RATE_PER_SECOND": "20",
            ]
            settings.merge(changes) { $1 }
            try await BridgeUnderTest.run(settings: settings, replicas: replicas) { bridge in
                let file = try key.file()
                let body: JSONValue = ["issuerId": .string(issuerID), "serviceAccount": file]
                _ = try await bridge.call(.put, "/rpc/v1/issuers/acme", body: body)
                let account = try ServiceAccount(file.objectValue ?? [:])
                try await test(SimulatedGoogle(wallet: wallet, bridge: bridge, account: account))
            }
        }
    }

    /// Changes a class, or an object, as somebody at Google's console would.
    func edit(
        _ id: String, _ kind: GoogleKind, at level: GoogleLevel = .class, _ patch: JSONObject
    ) async throws {
        let client = bridge.client
        let token = try await AccessTokenSource(client: client, metrics: Metrics()).fetch(for: account)
        _ = try await WalletClient(client: client, root: wallet.url).send(
            .patch(level, kind, id: id, patch), token: token)
    }

    /// Waits until nothing is pending.
    func settle(within limit: Duration = .seconds(90)) async -> Bool {
        await eventually(within: limit) {
            (try? await bridge.count("SELECT count(*) FROM google.operations WHERE state = 'pending'")) == 0
        }
    }
}
