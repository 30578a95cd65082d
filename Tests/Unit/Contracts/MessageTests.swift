import Contracts
import HTTPTypes
import JSON
import Testing

@Suite struct MessageTests {
    @Test("authenticates pass type, zero byte and serial number")
    func makesAuthenticationMessage() throws {
        let message = AuthenticationToken.message(
            passTypeIdentifier: try #require(PassTypeIdentifier(rawValue: "pass.a")),
            serialNumber: try #require(SerialNumber(rawValue: "S1")))
        #expect(message == [0x70, 0x61, 0x73, 0x73, 0x2E, 0x61, 0x00, 0x53, 0x31])
    }

    @Test("prints no secret of a message")
    func hidesSecrets() throws {
        let request = try JSON.decode(
            WalletConfigurationRequest.self,
            from: [
                "name": "Acme",
                "apple": [
                    "pkcs12": "topsecret1", "password": "topsecret2", "privateKey": "topsecret3",
                    "privateKeyPassword": "topsecret4",
                    "pushKey": ["keyId": "A", "teamId": "B", "privateKey": "topsecret5"],
                ],
                "google": ["issuerId": "1", "serviceAccount": ["private_key": "topsecret6"]],
            ])
        var dumped = ""
        dump(request, to: &dumped)
        for text in ["\(request)", String(reflecting: request), dumped] {
            #expect(!text.contains("topsecret"))
            #expect(text.contains("«secret»"))
        }
        #expect(request.apple.value?.password?.value == "topsecret2")
    }

    @Test("says which words there are")
    func explainsChoices() throws {
        let failure = try #require(throws: JSONDecodingFailure.self) {
            try JSON.decode(LinkRequest.self, from: ["id": "r", "campaignId": "c", "platform": "fax"])
        }
        #expect(failure.description == "/platform: expected one of apple, google, any")
    }

    @Test("ignores an echoed push key, but not one that is incomplete")
    func readsPushKeys() throws {
        let echo: JSONValue = ["pushKey": ["keyId": "A", "teamId": "B"]]
        #expect(try JSON.decode(AppleConfigurationRequest.self, from: echo).pushKey == .absent)
        #expect(throws: JSONDecodingFailure.self) {
            try JSON.decode(AppleConfigurationRequest.self, from: ["pushKey": ["privateKey": "k", "teamId": "B"]])
        }
        #expect(throws: JSONDecodingFailure.self) {
            try JSON.decode(AppleConfigurationRequest.self, from: ["pushKey": [:]])
        }
    }

    @Test("refuses a certificate that is neither text nor an answer's summary")
    func refusesCertificates() {
        #expect(throws: JSONDecodingFailure.self) {
            try JSON.decode(AppleConfigurationRequest.self, from: ["certificate": 7])
        }
    }

    @Test("reports the faults of a campaign's members at once")
    func reportsCampaignFaults() throws {
        let failure = try #require(throws: JSONDecodingFailure.self) {
            try JSON.decode(
                CampaignRequest.self,
                from: [
                    "walletConfigurationId": "Not An Id", "pass": [], "google": ["kind": "ship"], "endsAt": "tomorrow",
                    "tokens": ["onMissing": "empty", "default": [:]], "localisations": [:],
                ], unknownKeys: .refused)
        }
        let expected = ["/endsAt", "/google/kind", "/localisations", "/name", "/pass", "/tokens/default"]
        #expect(failure.faults.map(\.pointer.description).sorted() == expected + ["/walletConfigurationId"])
    }

    @Test("reports the faults of a wallet configuration's parts at once")
    func reportsConfigurationFaults() throws {
        let failure = try #require(throws: JSONDecodingFailure.self) {
            try JSON.decode(
                WalletConfigurationRequest.self,
                from: ["organizationName": 1, "apple": ["intermediate": false], "google": ["issuerId": "x"]],
                unknownKeys: .refused)
        }
        let expected = ["/apple/intermediate", "/google/issuerId", "/name", "/organizationName"]
        #expect(failure.faults.map(\.pointer.description).sorted() == expected)
    }
}
