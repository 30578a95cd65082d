import GoogleWalletSimulator
import HTTPTypes
import JSON
import Testing

@Suite struct GoogleNoticeTests {
    private static let object = "loyaltyObject/\(WalletStage.id("object-1"))"
    private static let parent = "loyaltyClass/\(WalletStage.id("class-1"))"

    private static func message(_ type: String) -> JSONValue {
        ["message": ["id": "m", "header": "News", "body": "Hello", "messageType": .string(type)]]
    }

    @Test("adds a message, answers the whole resource, and takes ten at most")
    func adds() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            let answer = try await stage.call(.post, "\(Self.object)/addMessage", Self.message("text"))
            #expect(answer.status == 200)
            let message = answer.json["resource"]?["messages"]?[0]
            #expect(message?["kind"] == "walletobjects#walletObjectMessage")
            #expect(message?["messageType"] == "text")
            for _ in 0..<9 {
                #expect(try await stage.call(.post, "\(Self.object)/addMessage", Self.message("TEXT")).status == 200)
            }
            let eleventh = try await stage.call(.post, "\(Self.object)/addMessage", Self.message("TEXT"))
            #expect(eleventh.status == 400)
            #expect(stage.wallet.sentNotices.isEmpty)
            #expect(try await stage.call(.post, "\(Self.object)/addMessage", [:]).status == 400)
        }
    }

    @Test("lets three messages in a day notify, and says 403 to the fourth")
    func limitsMessages() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            let notify = Self.message("TEXT_AND_NOTIFY")
            for _ in 0..<3 {
                #expect(try await stage.call(.post, "\(Self.parent)/addMessage", notify).status == 200)
            }
            let fourth = try await stage.call(.post, "\(Self.parent)/addMessage", notify)
            #expect(fourth.status == 403)
            #expect(fourth.reason == "quotaExceeded")
            #expect(
                fourth.message
                    == "Quota exceeded for issuer \(WalletStage.issuer) when adding TEXT_AND_NOTIFY message to class "
                    + "class-1.")
            // What went to the class has reached each of its passes.
            #expect(try await stage.call(.post, "\(Self.object)/addMessage", notify).status == 403)
            #expect(
                try await stage.call(.post, "\(Self.object)/addMessage", Self.message("TEXT")).status == 200)
            stage.wallet.clock.advance(seconds: 86_401)
            #expect(try await stage.call(.post, "\(Self.object)/addMessage", notify).status == 200)
            #expect(stage.wallet.sentNotices.map(\.cause) == [.message, .message, .message, .message])
        }
    }

    @Test("notifies of changes that are worth it, when the call says so each time")
    func notifiesOfChanges() async throws {
        try await WalletStage.run { stage in
            try await stage.provide(.loyalty)
            func points(_ count: Int, _ preference: String?) -> JSONValue {
                var body: JSONObject = ["loyaltyPoints": ["balance": ["int": .number(JSONNumber(count))]]]
                body["notifyPreference"] = preference.map(JSONValue.string)
                return .object(body)
            }
            #expect(try await stage.call(.patch, Self.object, points(1, "NOTIFY_ON_UPDATE")).status == 200)
            // It does not stay, and what is the same is no news.
            #expect(stage.wallet.resource(.object, WalletStage.id("object-1"))?["notifyPreference"] == nil)
            #expect(try await stage.call(.patch, Self.object, points(2, nil)).status == 200)
            #expect(try await stage.call(.patch, Self.object, points(2, "NOTIFY_ON_UPDATE")).status == 200)
            #expect(
                try await stage.call(
                    .patch, Self.object, ["accountName": "Ada", "notifyPreference": "NOTIFY_ON_UPDATE"]
                ).status == 200)
            #expect(stage.wallet.sentNotices.count == 1)
            for count in 3...4 {
                #expect(try await stage.call(.patch, Self.object, points(count, "NOTIFY_ON_UPDATE")).status == 200)
            }
            let fourth = try await stage.call(.patch, Self.object, points(5, "NOTIFY_ON_UPDATE"))
            #expect(fourth.status == 403)
            #expect(fourth.reason == "quotaExceeded")
            #expect(
                stage.wallet.resource(.object, WalletStage.id("object-1"))?["loyaltyPoints"]
                    == ["balance": ["int": 4]])
        }
    }
}
