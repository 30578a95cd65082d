import Archive
import Contracts
import HTTPTypes
import JSON
import Testing

@testable import PassIssuer

@Suite struct PackageCheckTests {
    private static let path = "/admin/v1/checks/package"

    @Test(
        "a package that was just issued is sound to whoever believes its authority, and phones would refuse it otherwise"
    )
    func sound() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            let package = try await issuer.open(try await issuer.link()).body
            let own = try await Self.check(package, "?walletConfigurationId=acme", at: issuer)
            #expect(own.status == 200)
            #expect(Self.errors(own).isEmpty, "\(own.text)")
            #expect(own.json["passes"]?.arrayValue?.first?["passTypeIdentifier"] == "pass.example.demo")
            let apple = try await Self.check(package, at: issuer)
            #expect(apple.json["state"] == "failed")
            #expect(Self.errors(apple).allSatisfy { $0["file"] == "signature" }, "\(apple.text)")
        }
    }

    @Test("what is wrong is said with what iOS does about it and the remedy")
    func spoiled() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            var package = try await issuer.open(try await issuer.link()).body
            // A letter of a text in pass.json, which lies in the archive as it is.
            let words = Array("Coffee card".utf8)
            let place = try #require(package.firstRange(of: words)?.lowerBound)
            package[place] = UInt8(ascii: "T")
            let answer = try await Self.check(package, "?walletConfigurationId=acme", at: issuer)
            #expect(answer.status == 200)
            #expect(answer.json["state"] == "failed")
            let errors = Self.errors(answer)
            #expect(!errors.isEmpty)
            for error in errors {
                for key in ["detail", "effect", "remedy"] {
                    #expect(error[key]?.stringValue?.isEmpty == false, "\(key) of \(error)")
                }
            }
            let nothing = try await Self.check(Array("no archive".utf8), at: issuer)
            #expect(nothing.status == 200 && nothing.json["state"] == "failed")
        }
    }

    @Test("a bundle is told pass by pass, each by its name in there")
    func bundle() async throws {
        try await IssuerUnderTest.run { issuer in
            try await issuer.putActiveCampaign()
            var entries: [ZIPEntry] = []
            for key in ["a", "b"] {
                let package = try await issuer.open(try await issuer.link(key: key, contact: ["id": .string(key)])).body
                entries.append(ZIPEntry(path: "\(key).pkpass", bytes: package))
            }
            let bundle = try ZIPWriter.archive(entries)
            let answer = try await Self.check(bundle, "?walletConfigurationId=acme", at: issuer)
            #expect(answer.status == 200)
            #expect(Self.errors(answer).isEmpty, "\(answer.text)")
            let passes = try #require(answer.json["passes"]?.arrayValue)
            #expect(passes.map { $0["file"]?.stringValue } == ["a.pkpass", "b.pkpass"])
            #expect(Set(passes.compactMap { $0["serialNumber"]?.stringValue }).count == 2)
        }
    }

    @Test("only admins ask, of configurations that there are, and of packages that are not too large")
    func refused() async throws {
        try await IssuerUnderTest.run { issuer in
            let anonymous = try await Self.check([1], token: nil, at: issuer)
            #expect(anonymous.status == 401)
            #expect(try await Self.check([1], token: IssuerUnderTest.personalisationToken, at: issuer).status == 403)
            #expect(try await Self.check([1], "?walletConfigurationId=nobody", at: issuer).status == 404)
            #expect(try await Self.check([1], "?walletConfigurationId=%20", at: issuer).status == 400)
            let large = [UInt8](repeating: 0, count: PackageChecker.maximumBytes + 1)
            #expect(try await Self.check(large, at: issuer).status == 413)
        }
    }

    private static func check(
        _ bytes: [UInt8], _ query: String = "", token: String? = IssuerUnderTest.adminToken, at issuer: IssuerUnderTest
    ) async throws -> IssuerUnderTest.Answer {
        try await issuer.send(
            .post, issuer.internalURL + path + query, token: token, body: bytes,
            headers: ["Content-Type": "application/vnd.apple.pkpass"])
    }

    private static func errors(_ answer: IssuerUnderTest.Answer) -> [JSONValue] {
        (answer.json["findings"]?.arrayValue ?? []).filter { $0["severity"] == "error" }
    }
}
