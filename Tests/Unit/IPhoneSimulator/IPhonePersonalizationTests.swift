import HTTPServer
import HTTPTypes
import JSON
import Testing

@testable import IPhoneSimulator

@Suite struct IPhonePersonalizationTests {
    private static let token = "6BA7B810-9DAD-11D1-80B4-00C04FD430C8"
    private static let form = #"""
        {"requiredPersonalizationFields":["PKPassPersonalizationFieldName","PKPassPersonalizationFieldEmailAddress"],
         "description":"Join"}
        """#

    /// A pass that asks its owner, on a phone that registered it.
    private static func asking(_ stage: PhoneStage) async throws -> IPhone {
        let bytes = try await stage.package { package in
            package.pass = package.pass.mergePatched(with: ["nfc": ["message": "m", "encryptionPublicKey": "k"]])
            package.files.append(("personalization.json", Array(form.utf8)))
        }
        stage.server.answer { $0.link = PhoneStage.pass(bytes) }
        let phone = try await stage.phone()
        try await phone.add(link: "\(stage.server.url)/link")
        return phone
    }

    /// Has the server sign a token, and send another pass from then on.
    private static func answer(_ stage: PhoneStage, signing token: String = token) async throws {
        let authority = TestAuthority.shared
        let signature = try await authority.sign(Array(token.utf8), by: try await authority.signer())
        let personalised = try await stage.package {
            $0.pass = $0.pass.mergePatched(with: ["description": "Card of Ada"])
        }
        stage.server.answer {
            $0.personalization = HTTPResponse(
                .ok, headers: ["Content-Type": "application/octet-stream"], body: .bytes(signature))
            $0.pass = PhoneStage.pass(personalised)
        }
    }

    private static let entered = ["fullName": "Ada Lovelace", "emailAddress": "ada@example.com", "phoneNumber": "1"]

    @Test("sends what the form asks for with a token and without Authorization, verifies its signature and fetches")
    func personalizes() async throws {
        try await PhoneStage.run { stage in
            let phone = try await Self.asking(stage)
            #expect(try await phone.form(of: "S-1")?.description == "Join")
            try await Self.answer(stage)
            let update = try await phone.personalize(serialNumber: "S-1", entering: Self.entered, token: Self.token)
            #expect(update.outcome == .updated)
            let lines = stage.server.lines.suffix(2)
            #expect(
                lines == [
                    "POST /v1/passes/pass.com.example.test/S-1/personalize", "GET /v1/passes/pass.com.example.test/S-1",
                ])
            let request = try #require(stage.server.requests.dropLast().last)
            #expect(request.headers["Authorization"] == nil)
            #expect(
                try JSON.parse(request.body) == [
                    "personalizationToken": .string(Self.token),
                    "requiredPersonalizationInfo": ["fullName": "Ada Lovelace", "emailAddress": "ada@example.com"],
                ])
            #expect(await phone.passes.first?.pass.description == "Card of Ada")
            #expect(try await phone.form(of: "S-1") == nil)
            #expect(stage.server.log == [])
        }
    }

    @Test("complains of a signature over anything but its token, and fetches nothing")
    func refusesSignature() async throws {
        try await PhoneStage.run { stage in
            let phone = try await Self.asking(stage)
            try await Self.answer(stage, signing: "another")
            await #expect(throws: PhoneRefusal.self) {
                try await phone.personalize(serialNumber: "S-1", entering: Self.entered, token: Self.token)
            }
            #expect(stage.server.lines.last == "POST /v1/log")
            #expect(stage.server.log.first?.contains("Signature of the personalization token") == true)
            #expect(try await phone.form(of: "S-1") != nil)
        }
    }

    @Test("complains of a pass that still asks after it was personalised")
    func stillAsking() async throws {
        try await PhoneStage.run { stage in
            let phone = try await Self.asking(stage)
            try await Self.answer(stage)
            stage.server.answer { $0.pass = HTTPResponse(.notModified) }
            let update = try await phone.personalize(serialNumber: "S-1", entering: Self.entered, token: Self.token)
            #expect(update.outcome == .unchanged)
            #expect(
                stage.server.log.last
                    == "Web service error for pass.com.example.test (\(stage.server.url)): Personalization request was "
                    + "issued for serial number 'S-1', but the pass was unchanged.")
        }
    }

    @Test("sends nothing while a field is empty that the form asks for, nor for a pass that asks for nothing")
    func sendsNothing() async throws {
        try await PhoneStage.run { stage in
            let phone = try await Self.asking(stage)
            await #expect(throws: PhoneRefusal.self) {
                try await phone.personalize(serialNumber: "S-1", entering: ["fullName": "Ada"])
            }
            await #expect(throws: PhoneRefusal.self) {
                try await phone.personalize(serialNumber: "S-2", entering: Self.entered)
            }
            #expect(!stage.server.lines.contains { $0.hasSuffix("/personalize") })
        }
    }
}
