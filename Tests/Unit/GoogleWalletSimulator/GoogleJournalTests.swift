import Foundation
import GoogleWalletSimulator
import HTTPClient
import HTTPTypes
import JSON
import Testing

@Suite struct GoogleJournalTests {
    /// Runs on the same file as the test's other runs.
    private static func run<Outcome: Sendable>(
        _ path: String, _ body: @escaping @Sendable (GoogleWallet, HTTPClient) async throws -> Outcome
    ) async throws -> Outcome {
        var configuration = GoogleWalletConfiguration()
        configuration.journalPath = path
        configuration.settings.callsPerSecond = 0
        let client = HTTPClient()
        defer { client.shutdown() }
        return try await GoogleWallet.serving(configuration) { try await body($0, client) }
    }

    private static func fill(_ wallet: GoogleWallet, _ client: HTTPClient) async throws -> ServiceAccountKey {
        try wallet.put(Issuer(issuerId: WalletStage.issuer, name: "Tests", allowsMerchantLocations: true))
        let account = try wallet.makeServiceAccount(WalletStage.email, issuers: [WalletStage.issuer])
        let stage = WalletStage(wallet: wallet, client: client, account: account)
        try await stage.provide(.loyalty)
        _ = try await stage.call(
            .patch, "loyaltyObject/\(WalletStage.id("object-1"))", ["accountName": "Ada \u{1F600}\n"])
        try wallet.save(object: WalletStage.id("object-1"))
        return account
    }

    @Test("knows after a restart what it knew: resources, holders, issuers, keys of accounts and of callbacks")
    func remembers() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.url.appendingPathComponent("journal").path
        let (account, keys) = try await Self.run(path) { wallet, client in
            let account = try await Self.fill(wallet, client)
            let keys = try await client.send(HTTPClientRequest(url: wallet.keysURL)).body
            return (account, try JSON.parse(keys))
        }
        for _ in 0..<2 {
            try await Self.run(path) { wallet, client in
                #expect(wallet.resourceCounts == (1, 1))
                let object = try #require(wallet.resource(.object, WalletStage.id("object-1")))
                #expect(object["accountName"] == "Ada \u{1F600}\n")
                #expect(wallet.version(of: .object, WalletStage.id("object-1")) == 2)
                #expect(wallet.holders(of: WalletStage.id("object-1")) == ["ada@example.com"])
                #expect(wallet.issuers.first?.permissions == [WalletStage.email: .owner])
                #expect(wallet.issuers.first?.allowsMerchantLocations == true)
                let now = try await client.send(HTTPClientRequest(url: wallet.keysURL)).body
                #expect(try JSON.parse(now)["keys"]?[0]?["keyValue"] == keys["keys"]?[0]?["keyValue"])
                let stage = WalletStage(wallet: wallet, client: client, account: account)
                let answer = try await stage.call(
                    .get, "loyaltyObject?classId=\(WalletStage.id("class-1"))")
                #expect(answer.json["resources"]?.arrayValue?.count == 1)
            }
        }
    }

    @Test("goes on behind a line that a crash has cut off, and not behind another damage")
    func survivesCrash() async throws {
        let directory = try TemporaryDirectory()
        let url = directory.url.appendingPathComponent("journal")
        _ = try await Self.run(url.path) { try await Self.fill($0, $1) }
        let whole = try Data(contentsOf: url)
        try whole.dropLast(5).write(to: url)
        try await Self.run(url.path) { wallet, _ in #expect(wallet.resourceCounts.classes == 1) }
        try Data("no journal\n".utf8).appending(whole).write(to: url)
        await #expect(throws: SimulatorError.self) { try await Self.run(url.path) { _, _ in } }
    }

    @Test("forgets all but the accounts when it is told to, for good")
    func resets() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.url.appendingPathComponent("journal").path
        let account = try await Self.run(path) { wallet, client in
            let account = try await Self.fill(wallet, client)
            try wallet.reset()
            return account
        }
        try await Self.run(path) { wallet, client in
            #expect(wallet.resourceCounts == (0, 0))
            let stage = WalletStage(wallet: wallet, client: client, account: account)
            try await stage.provide(.loyalty)
        }
    }
}

extension Data {
    fileprivate func appending(_ other: Data) -> Data { self + other }
}
