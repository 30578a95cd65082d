import Cryptography
import Foundation
import HTTPTypes
import ServiceKit
import Testing

@Suite("Settings")
struct SettingsTests {
    private enum Colour: String, CaseIterable { case red, green }

    /// Reads one setting of each kind, and gives what came of it as text.
    private static func read(_ kind: String, _ settings: inout Settings) -> String {
        switch kind {
        case "string": settings.string("NAME", default: "standard", help: "A text")
        case "integer": "\(settings.integer("NAME", default: 7, in: 1...100, help: "A number"))"
        case "port": "\(settings.port("NAME", default: 80, help: "A port"))"
        case "number": "\(settings.number("NAME", default: 0.5, help: "A number"))"
        case "duration":
            "\(settings.duration("NAME", default: .seconds(3), in: .zero ... .seconds(60), help: "A time"))"
        case "boolean": "\(settings.boolean("NAME", default: true, help: "A truth"))"
        case "url": settings.url("NAME", default: "http://standard", help: "A URL")
        case "list": settings.list("NAME", default: ["standard"], help: "Items").joined(separator: "+")
        case "oneOf": settings.oneOf("NAME", default: Colour.red, help: "A colour").rawValue
        case "blocks": settings.addressBlocks("NAME", help: "Blocks").map(\.description).joined(separator: "+")
        case "keys": settings.keyRing("NAME", help: "Keys").primary.kid
        default: ""
        }
    }

    @Test(
        "reads values",
        arguments: [
            ("string", "any thing=", "any thing="), ("integer", "100", "100"), ("port", "0", "0"),
            ("number", "20", "20.0"), ("duration", "0.25", "0.25 seconds"), ("boolean", "off", "false"),
            ("boolean", "YES", "true"), ("url", "https://h.example:8443/base//", "https://h.example:8443/base"),
            ("url", "http://[::1]:80", "http://[::1]:80"), ("url", "HTTP://host", "HTTP://host"),
            ("list", " a, b,,c ", "a+b+c"), ("oneOf", "green", "green"),
            ("blocks", "10.0.0.0/8, ::1", "10.0.0.0/8+::1"),
            ("keys", "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "k1"),
        ])
    func values(_ kind: String, _ text: String, _ expected: String) {
        var settings = Settings(environment: ["NAME": text])
        #expect(Self.read(kind, &settings) == expected)
        #expect(settings.faults.isEmpty)
    }

    @Test(
        "takes the default for what is not set, or empty",
        arguments: [
            ("string", "standard"), ("integer", "7"), ("port", "80"), ("number", "0.5"), ("duration", "3.0 seconds"),
            ("boolean", "true"), ("url", "http://standard"), ("list", "standard"), ("oneOf", "red"), ("blocks", ""),
        ])
    func defaults(_ kind: String, _ expected: String) {
        for environment in [[:], ["NAME": ""], ["NAME": "", "NAME_FILE": ""]] {
            var settings = Settings(environment: environment)
            #expect(Self.read(kind, &settings) == expected)
            #expect(settings.faults.isEmpty)
        }
    }

    @Test(
        "refuses what has another form, and says what to do",
        arguments: [
            ("integer", "1.5"), ("integer", "0"), ("integer", "101"), ("integer", "+7"), ("integer", " 7"),
            ("integer", "99999999999999999999"), ("port", "65536"), ("port", "-1"), ("number", "nan"), ("number", "-1"),
            ("duration", "61"), ("duration", "1s"), ("duration", "inf"), ("duration", "1e300"), ("boolean", "maybe"),
            ("url", "host:80"), ("url", "ftp://host"), ("url", "http://"), ("url", "http://user:pw@host"),
            ("url", "http://host/?q"), ("url", "http://host/#f"), ("url", "http://ho st"), ("url", "http://host:0"),
            ("url", "http://host:port"), ("url", "http://[::1"), ("url", "http:host"), ("url", "https:///path"),
            ("oneOf", "blue"), ("oneOf", "Red"), ("blocks", "10.0.0.0/33"), ("blocks", "proxy.example"),
            ("keys", "k1"), ("keys", "k1:short"),
        ])
    func faults(_ kind: String, _ text: String) {
        var settings = Settings(environment: ["NAME": text])
        _ = Self.read(kind, &settings)
        #expect(settings.faults.map(\.name) == ["NAME"])
        #expect(settings.faults.allSatisfy { !$0.detail.isEmpty && !$0.remedy.isEmpty })
    }

    @Test("reads a value from a file, without the line break at its end")
    func file() throws {
        let path = try Self.file("from a file\n")
        var settings = Settings(environment: ["NAME_FILE": path])
        #expect(settings.secret("NAME", help: "A secret").value == "from a file")
        #expect(settings.faults.isEmpty)
    }

    @Test(
        "finds a fault in a file that cannot be read, is empty, or is no text, and never takes the default",
        arguments: [nil, "", "\n\n", "a\u{0}b"])
    func badFile(_ text: String?) throws {
        let path = try text.map(Self.file) ?? "/nowhere/secret"
        var settings = Settings(environment: ["NAME_FILE": path])
        _ = settings.string("NAME", default: "standard", help: "A text")
        #expect(settings.faults.map(\.name) == ["NAME_FILE"])
    }

    @Test("finds a fault in a directory and in a file that never ends", arguments: ["/tmp", "/dev/zero"])
    func noFile(_ path: String) {
        var settings = Settings(environment: ["NAME_FILE": path])
        #expect(settings.optionalString("NAME", help: "A text") == nil)
        #expect(settings.faults.map(\.name) == ["NAME_FILE"])
    }

    @Test("finds a fault when value and file are both given")
    func both() throws {
        let path = try Self.file("b")
        var settings = Settings(environment: ["NAME": "a", "NAME_FILE": path])
        _ = settings.string("NAME", default: "standard", help: "A text")
        #expect(settings.faults.map(\.description) == ["NAME and NAME_FILE are both set; set one of them"])
    }

    @Test("tells every fault at once, in the order of declaration")
    func allFaults() {
        var settings = Settings(environment: ["B": "x", "C_FILE": "/nowhere"])
        _ = settings.string("A", help: "Required")
        _ = settings.integer("B", default: 1, help: "A number")
        _ = settings.optionalSecret("C", help: "A secret")
        _ = settings.url("D", help: "Required")
        #expect(settings.faults.map(\.name) == ["A", "B", "C_FILE", "D"])
        #expect(settings.faults.first?.description.contains("A_FILE") == true)
    }

    @Test("repeats no secret, neither a good nor a bad one")
    func secrets() throws {
        let token = "hunter2hunter2"
        var settings = Settings(environment: [
            "TOKEN": token, "KEYS": token, "ADMIN_TOKEN_SHA256": token, "PASS_ISSUER_TOKEN_SHA256": token + "," + token,
        ])
        let secret = settings.secret("TOKEN", help: "A secret")
        _ = settings.keyRing("KEYS", help: "Keys")
        let tokens = settings.accessTokens([AccessScope(rawValue: "admin"), AccessScope(rawValue: "pass-issuer")])
        #expect(settings.faults.map(\.name) == ["KEYS", "ADMIN_TOKEN_SHA256", "PASS_ISSUER_TOKEN_SHA256"])
        var dumped = ""
        dump((secret, settings.faults, settings.declarations), to: &dumped)
        #expect(!"\(dumped)\(settings.faults)\(secret)\(tokens)".contains("hunter2"))
    }

    @Test("quotes a bad value so that it stays on its line")
    func quoting() {
        var settings = Settings(environment: ["NAME": "x\nFORGED: yes"])
        _ = settings.integer("NAME", default: 1, help: "A number")
        #expect(settings.faults.map(\.description).joined().contains("\n") == false)
    }

    @Test("declares what it reads")
    func declarations() {
        var settings = Settings(environment: [:])
        _ = settings.string("A", default: "standard", help: "A text")
        _ = settings.secret("B", help: "A secret")
        _ = settings.optionalInteger("C", help: "A number")
        #expect(settings.declarations.map(\.name) == ["A", "B", "C"])
        #expect(settings.declarations.map(\.absence) == [.value("standard"), .required, .none])
        #expect(settings.declarations.map(\.isSecret) == [false, true, false])
    }

    private static func file(_ text: String) throws -> String {
        let url = FileManager.default.temporaryDirectory.appending(path: "setting-\(UUID().uuidString)")
        try Data(text.utf8).write(to: url)
        return url.path
    }
}
