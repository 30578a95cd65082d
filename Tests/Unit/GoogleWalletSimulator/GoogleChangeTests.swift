import GoogleWalletSimulator
import HTTPTypes
import JSON
import Testing

@Suite struct GoogleChangeTests {
    private static let path = "loyaltyObject/\(WalletStage.id("object-1"))"

    private static func written(_ stage: WalletStage) -> JSONObject? {
        stage.wallet.resource(.object, WalletStage.id("object-1"))
    }

    @Test("patches what is named: objects are merged, arrays replaced whole, null clears")
    func patches() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            let first: JSONValue = [
                "accountName": "Ada", "loyaltyPoints": ["label": "Points", "balance": ["int": 1]],
                "textModulesData": [
                    ["id": "a", "header": "A", "body": "1"], ["id": "b", "header": "B", "body": "2"],
                ],
            ]
            #expect(try await stage.call(.patch, Self.path, first).status == 200)
            let second: JSONValue = [
                "accountName": .null, "loyaltyPoints": ["balance": ["int": 2]],
                "textModulesData": [["id": "c", "header": "C", "body": "3"]],
            ]
            #expect(try await stage.call(.patch, Self.path, second).status == 200)
            let object = try #require(Self.written(stage))
            #expect(object["accountName"] == nil)
            #expect(object["loyaltyPoints"] == ["label": "Points", "balance": ["int": 2]])
            #expect(object["textModulesData"] == [["id": "c", "header": "C", "body": "3"]])
            #expect(object["state"] == "ACTIVE")
            #expect(stage.wallet.version(of: .object, WalletStage.id("object-1")) == 3)
            #expect(try await stage.call(.patch, Self.path, ["textModulesData": []]).status == 200)
            #expect(Self.written(stage)?["textModulesData"] == nil)
            #expect(try await stage.call(.patch, Self.path, ["state": .null]).status == 400)
        }
    }

    @Test("puts the whole: what is left out is gone, and so is a put that leaves out what must be there")
    func puts() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            var whole = SampleKind.loyalty.objectResource("1")
            whole["accountName"] = "Ada"
            #expect(try await stage.call(.put, Self.path, .object(whole)).status == 200)
            whole["accountName"] = nil
            whole["accountId"] = "7"
            #expect(try await stage.call(.put, Self.path, .object(whole)).status == 200)
            #expect(Self.written(stage) == whole)
            whole["state"] = nil
            #expect(try await stage.call(.put, Self.path, .object(whole)).status == 400)
            let nobody = try await stage.call(
                .put, "loyaltyObject/\(WalletStage.id("nobody"))", .object(SampleKind.loyalty.objectResource("1")))
            #expect(nobody.status == 400)
            var other = SampleKind.loyalty.objectResource("1")
            other["id"] = .string(WalletStage.id("nobody"))
            let missing = try await stage.call(
                .put, "loyaltyObject/\(WalletStage.id("nobody"))", .object(other))
            #expect(missing.status == 404)
        }
    }

    @Test("loses no change of a hundred that come at once")
    func keepsConcurrentChanges() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            let token = try await stage.token()
            let keys = ["accountName", "accountId", "smartTapRedemptionValue", "disableExpirationNotification"]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for round in 0..<25 {
                    for key in keys {
                        let value: JSONValue = key.hasPrefix("disable") ? .bool(round % 2 == 0) : .string("\(round)")
                        group.addTask {
                            let answer = try await stage.call(.patch, Self.path, [key: value], token: token)
                            #expect(answer.status == 200)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let object = try #require(Self.written(stage))
            #expect(keys.allSatisfy { object[$0] != nil })
            #expect(stage.wallet.version(of: .object, WalletStage.id("object-1")) == 101)
        }
    }

    @Test("lists by pages, or all at once where no length is given")
    func lists() async throws {
        try await WalletStage.run { stage in
            let token = try await stage.token()
            _ = try await stage.call(
                .post, "offerClass", .object(SampleKind.offer.classResource("1")), token: token)
            let path = "offerObject?classId=\(WalletStage.id("class-1"))"
            let none = try await stage.call(.get, path, token: token)
            #expect(none.json["resources"] == nil)
            #expect(none.json["pagination"]?["resultsPerPage"] == 0)
            for number in 0..<5 {
                var object = SampleKind.offer.objectResource("1")
                object["id"] = .string(WalletStage.id("o\(number)"))
                _ = try await stage.call(.post, "offerObject", .object(object), token: token)
            }
            var ids: [String] = []
            var page: String? = ""
            var counts: [Int] = []
            while let token = page {
                let more = token.isEmpty ? "" : "&token=\(token)"
                let answer = try await stage.call(.get, "\(path)&maxResults=2\(more)")
                let resources = answer.json["resources"]?.arrayValue ?? []
                ids += resources.compactMap { $0["id"]?.stringValue }
                counts.append(answer.json["pagination"]?["resultsPerPage"]?.intValue ?? -1)
                page = answer.json["pagination"]?["nextPageToken"]?.stringValue
            }
            #expect(ids == (0..<5).map { WalletStage.id("o\($0)") })
            #expect(counts == [2, 2, 1])
            let all = try await stage.call(.get, path, token: token)
            #expect(all.json["resources"]?.arrayValue?.count == 5)
            #expect(all.json["pagination"]?["nextPageToken"] == nil)

            let classes = try await stage.call(.get, "offerClass?issuerId=\(WalletStage.issuer)", token: token)
            #expect(classes.json["resources"]?.arrayValue?.count == 1)
            let others = try await stage.call(.get, "loyaltyClass?issuerId=\(WalletStage.issuer)", token: token)
            #expect(others.json["resources"] == nil)
            for query in ["", "?issuerId=7", "?classId=\(WalletStage.id("nobody"))"] {
                #expect(try await stage.call(.get, "offerClass\(query)", token: token).status == 400)
            }
            let unknown = try await stage.call(
                .get, "offerObject?classId=\(WalletStage.id("nobody"))", token: token)
            #expect(unknown.status == 404)
        }
    }
}
