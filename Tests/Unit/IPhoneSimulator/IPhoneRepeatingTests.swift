import HTTPServer
import HTTPTypes
import JSON
import Synchronization
import Testing

@testable import IPhoneSimulator

@Suite struct IPhoneRepeatingTests {
    private static let passType = "pass.com.example.test"

    /// The pauses, in whole seconds, after which the phone repeats a call until it gives up.
    private static func pauses(_ stage: PhoneStage, _ phone: IPhone, _ prefix: String) async throws -> [Int] {
        var pauses: [Int] = []
        var count = stage.server.lines.count { $0.hasPrefix(prefix) }
        while let due = await phone.nextDue, pauses.count < 20 {
            let pause = Int(due.seconds(since: stage.clock.now).rounded())
            stage.clock.advance(seconds: pause - 1)
            try await phone.repeatDue()
            #expect(stage.server.lines.count { $0.hasPrefix(prefix) } == count)
            stage.clock.advance(seconds: 1)
            try await phone.repeatDue()
            count += 1
            #expect(stage.server.lines.count { $0.hasPrefix(prefix) } == count)
            pauses.append(pause)
        }
        return pauses
    }

    @Test("repeats a question, a fetch and a registration ten times after growing pauses, then gives up")
    func tenLevels() async throws {
        let expected = [15, 30, 60, 120, 240, 480, 900, 1_800, 3_600, 7_200]
        try await PhoneStage.run { stage in
            let phone = try await stage.registered()
            stage.server.answer { $0.changes = HTTPResponse(.serviceUnavailable) }
            try await phone.receivePush(passTypeIdentifier: Self.passType)
            #expect(try await Self.pauses(stage, phone, "GET /v1/devices") == expected)

            stage.server.answer {
                $0.changes = PhoneStage.changes(#"{"serialNumbers":["S-1"],"lastUpdated":"1"}"#)
                $0.pass = HTTPResponse(.badGateway)
            }
            try await phone.receivePush(passTypeIdentifier: Self.passType)
            #expect(try await Self.pauses(stage, phone, "GET /v1/passes") == expected)
            #expect(await phone.passes.map(\.needsFetch) == [false])
        }
        try await PhoneStage.run { stage in
            stage.server.answer { $0.registration = HTTPResponse(.tooManyRequests) }
            let phone = try await stage.registered()
            #expect(try await Self.pauses(stage, phone, "POST /v1/devices") == expected)
        }
    }

    @Test("goes on with what is due after it was switched off, and forgets the pauses once it is done")
    func remembers() async throws {
        try await PhoneStage.run { stage in
            let before = try await stage.registered()
            stage.server.answer { $0.changes = HTTPResponse(.serviceUnavailable) }
            try await before.receivePush(passTypeIdentifier: Self.passType)
            let after = try await stage.phone()
            #expect(await after.nextDue == stage.clock.now.adding(seconds: 15))
            stage.clock.advance(seconds: 15)
            stage.server.answer { $0.changes = HTTPResponse(.noContent) }
            try await after.repeatDue()
            #expect(await after.nextDue == nil)
        }
    }

    @Test("does not repeat what the service refuses")
    func refused() async throws {
        try await PhoneStage.run { stage in
            let phone = try await stage.registered()
            stage.server.answer {
                $0.changes = PhoneStage.changes(#"{"serialNumbers":["S-1"],"lastUpdated":"1"}"#)
                $0.pass = HTTPResponse(.unauthorized)
                $0.unregistration = HTTPResponse(.unauthorized)
            }
            try await phone.receivePush(passTypeIdentifier: Self.passType)
            try await phone.remove(serialNumber: "S-1")
            #expect(await phone.nextDue == nil)
        }
    }

    @Test("registers with a token that its push service made, one for each web service, and follows its pushes alone")
    func pushTokens() async throws {
        try await PhoneStage.run { stage in
            let minted = Mutex<[String]>([])
            let phone = try await stage.registered { passType in
                minted.withLock { $0.append(passType) }
                return "0badcafe"
            }
            let registration = try #require(stage.server.requests.first { $0.line.hasPrefix("POST") })
            #expect(try JSON.parse(registration.body) == ["pushToken": "0badcafe"])
            try await phone.refresh()
            #expect(minted.withLock { $0 } == [Self.passType])

            let asked = { stage.server.lines.count { $0.hasPrefix("GET /v1/devices") } }
            let before = asked()
            for (type, token) in [(Self.passType, "0badcafe"), (Self.passType, "beef"), ("pass.other", "0badcafe")] {
                try await phone.receive(Push(passTypeIdentifier: type, pushToken: token))
            }
            #expect(asked() == before + 1)
        }
    }

    @Test("tells which fields an update changed, from what to what, and what the lock screen says")
    func fieldChanges() async throws {
        let fields: (String, String) -> String = { points, extra in
            #"""
            {"storeCard":{"primaryFields":[{"key":"points","label":"Points","value":\#(points),
            "changeMessage":"You have %@ points"}],"backFields":[{"key":"name","value":"Ada"}\#(extra)]}}
            """#
        }
        let old = try JSON.parse(fields("120", #",{"key":"gone","value":"x"}"#))
        let new = try JSON.parse(fields("130", #",{"key":"terms","label":"Terms","value":"new"}"#))
        let changes = FieldChange.changes(from: old, to: new)
        #expect(
            changes.map(\.line) == [
                "points (Points): 120 → 130, on the lock screen: “You have 130 points”",
                "terms (Terms): nothing → new, without a notice", "gone: x → nothing, without a notice",
            ])
        #expect(FieldChange.changes(from: new, to: new).isEmpty)
    }
}
