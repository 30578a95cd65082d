import Contracts
import JSON
import Testing

/// What GET answers can be PUT back.
@Suite struct PutBackTests {
    private func golden(_ file: String) throws -> JSONValue {
        try JSON.parse(#require(GoldenMessages.all.first { $0.file == file }).golden())
    }

    @Test("reads a campaign's answer as the request that made it")
    func readsCampaign() throws {
        let answer = try golden("pass-issuer/campaign")
        let request = try JSON.decode(CampaignRequest.self, from: answer, unknownKeys: .refused)
        #expect(try JSON.encodeToValue(request) == answer.withoutAnswerKeys())
        #expect(request.google?.kind == .flight)
    }

    @Test("reads a wallet configuration's answer as a request that changes no key")
    func readsWalletConfiguration() throws {
        let answer = try golden("pass-issuer/wallet-configuration")
        let request = try JSON.decode(WalletConfigurationRequest.self, from: answer, unknownKeys: .refused)
        #expect(request.name == "Acme")
        #expect(request.apple.value?.hasKeyMaterial == false)
        #expect(request.apple.value?.pushKey == .absent)
        #expect(request.google.value?.hasKeyMaterial == false)
    }

    @Test("drops the answer's own keys at the root and nowhere else")
    func dropsAnswerKeys() {
        let answer: JSONValue = [
            "id": "a", "version": 1, "state": "active", "warnings": [], "passes": 0, "rollout": [:], "googleClass": [:],
            "createdAt": "", "updatedAt": "", "name": "n", "pass": ["state": 1, "id": 2],
        ]
        #expect(answer.withoutAnswerKeys() == ["name": "n", "pass": ["state": 1, "id": 2]])
        #expect(JSONValue.array([1]).withoutAnswerKeys() == [1])
    }
}
