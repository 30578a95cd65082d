import JSON
import Testing

@testable import IPhoneSimulator

@Suite struct PassPackageTests {
    private func examine(
        _ package: TestPackage, allowsHTTP: Bool = false
    ) async throws -> PassPackage {
        let root = try await TestAuthority.shared.rootFile()
        return try await PassPackage(try await package.bytes(), authorities: root, allowsHTTP: allowsHTTP)
    }

    private func refusal(of package: TestPackage, allowsHTTP: Bool = false) async throws -> PhoneRefusal? {
        do {
            _ = try await examine(package, allowsHTTP: allowsHTTP)
            return nil
        } catch let refusal as PhoneRefusal {
            return refusal
        }
    }

    @Test("takes a sound package, stored or deflated", arguments: [TestPackage.Compression.stored, .deflated])
    func takesSoundPackage(compression: TestPackage.Compression) async throws {
        var package = TestPackage()
        package.compression = compression
        // Long and repetitive, so that deflate uses every kind of code.
        let strings = String(repeating: "\"Points\" = \"Punkte\";\n", count: 500)
        package.files.append(("en.lproj/pass.strings", Array(strings.utf8)))
        let examined = try await examine(package)
        #expect(examined.pass.serialNumber == "S-1")
        #expect(examined.paths.count == 6)
    }

    @Test("refuses a file that is not the one in the manifest")
    func refusesTamperedFile() async throws {
        var package = TestPackage()
        package.lateFiles = [("logo.png", [0x89, 0x50, 0x4E, 0x47, 3])]
        #expect(try await refusal(of: package) == .manifest("logo.png is not the file it lists"))
    }

    @Test("refuses a file that the manifest does not list, and a listed one that is missing")
    func refusesIncompleteManifest() async throws {
        var unlisted = TestPackage()
        unlisted.manifestChanges = ["logo.png": nil]
        #expect(try await refusal(of: unlisted) == .manifest("it does not list logo.png"))
        var missing = TestPackage()
        missing.manifestChanges = ["strip.png": String(repeating: "0", count: 40)]
        #expect(try await refusal(of: missing) == .manifest("it lists strip.png, which is not there"))
    }

    @Test("refuses a manifest with upper-case digests")
    func refusesUpperCaseDigest() async throws {
        var package = TestPackage()
        package.files = [("icon.png", Array("abc".utf8))]
        // SHA-1 of "abc" (FIPS 180-4 example).
        package.manifestChanges = ["icon.png": "A9993E364706816ABA3E25717850C26C9CD0D89D"]
        #expect(try await refusal(of: package) == .manifest("icon.png is not the file it lists"))
    }

    @Test("refuses a signature over something else")
    func refusesOtherSignature() async throws {
        var package = TestPackage()
        package.signedInstead = Array("{}".utf8)
        guard case .signature = try await refusal(of: package) else {
            Issue.record("the signature was believed")
            return
        }
    }

    @Test("refuses an expired certificate")
    func refusesExpiredCertificate() async throws {
        var package = TestPackage()
        package.signer = try await TestAuthority.shared.signer(days: -1)
        #expect(try await refusal(of: package) == .signature("certificate has expired"))
    }

    @Test("refuses a signature without the intermediate certificate")
    func refusesMissingIntermediate() async throws {
        var package = TestPackage()
        package.signer = try await TestAuthority.shared.signer(days: 30, includesIntermediate: false)
        #expect(try await refusal(of: package) == .signature("unable to get local issuer certificate"))
    }

    @Test("refuses a signature without signed attributes, which has no signing time")
    func refusesMissingSigningTime() async throws {
        var package = TestPackage()
        package.signingArguments = ["-noattr"]
        #expect(try await refusal(of: package) == .signature("it has no signing time"))
    }

    @Test(
        "refuses a certificate of another pass type or team",
        arguments: [
            ("/UID=pass.com.example.other/CN=x/OU=TEAM123456", "its certificate is of pass.com.example.other"),
            ("/CN=pass.com.example.test/OU=TEAM123456", "its certificate is of no pass type"),
            ("/UID=pass.com.example.test/CN=x/OU=OTHERTEAM1", "its certificate is of the team OTHERTEAM1"),
        ])
    func refusesForeignCertificate(subject: String, reason: String) async throws {
        var package = TestPackage()
        package.signer = try await TestAuthority.shared.signer(subject: subject, days: 30)
        #expect(try await refusal(of: package) == .signature(reason))
    }

    @Test("refuses a package without icon.png")
    func refusesMissingIcon() async throws {
        var package = TestPackage()
        package.files = [("logo.png", [1])]
        #expect(try await refusal(of: package) == .content("icon.png is missing"))
    }

    @Test(
        "refuses a package without one of its three necessary files",
        arguments: ["pass.json", "manifest.json", "signature"])
    func refusesMissingFile(name: String) async throws {
        var package = TestPackage()
        package.leavesOut = [name]
        #expect(try await refusal(of: package) == .notAPackage("there is no \(name) at its root"))
    }

    @Test("refuses files inside a folder")
    func refusesFolder() async throws {
        var package = TestPackage()
        package.folder = "pass/"
        #expect(try await refusal(of: package) == .notAPackage("there is no manifest.json at its root"))
    }

    @Test("refuses paths that leave the package", arguments: ["../icon.png", "/icon.png", "a/../../b"])
    func refusesEscapingPath(path: String) async throws {
        var package = TestPackage()
        package.files.append((path, [1]))
        #expect(try await refusal(of: package) == .notAPackage("the path \(path) leaves the package"))
    }

    @Test("refuses two files of one name")
    func refusesDuplicate() async throws {
        var package = TestPackage()
        package.files.append(("icon.png", [0x89, 0x50, 0x4E, 0x47, 1]))
        #expect(try await refusal(of: package) == .notAPackage("icon.png is there twice"))
    }

    @Test("refuses bytes that are no ZIP file, and a ZIP file cut short")
    func refusesOtherBytes() async throws {
        let root = try await TestAuthority.shared.rootFile()
        let whole = try await TestPackage().bytes()
        for bytes in [[], Array("<html>".utf8), Array(whole.dropLast(30)), Array(whole.dropFirst(10))] {
            await #expect(throws: PhoneRefusal.self) {
                _ = try await PassPackage(bytes, authorities: root, allowsHTTP: false)
            }
        }
    }

    @Test("refuses a stored file with a wrong checksum")
    func refusesDamagedFile() async throws {
        let root = try await TestAuthority.shared.rootFile()
        var bytes = try await TestPackage().bytes()
        let name = Array("A test pass".utf8)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
        bytes[place] ^= 1
        await #expect(throws: PhoneRefusal.notAPackage("pass.json is damaged")) {
            _ = try await PassPackage(bytes, authorities: root, allowsHTTP: false)
        }
    }

    @Test(
        "refuses pass.json that breaks a rule",
        arguments: [
            (#"{"formatVersion":"1"}"#, "formatVersion is not the number 1"),
            (#"{"serialNumber":12}"#, "serialNumber is not a text"),
            (#"{"description":null}"#, "description is missing"),
            (#"{"organizationName":""}"#, "organizationName is not a text"),
            (#"{"authenticationToken":null}"#, "webServiceURL stands without authenticationToken"),
            (#"{"webServiceURL":null}"#, "authenticationToken stands without webServiceURL"),
            (#"{"authenticationToken":"0123456789abcde"}"#, "authenticationToken has less than 16 characters"),
            (#"{"webServiceURL":"http://example.com"}"#, "webServiceURL is not https"),
            (#"{"storeCard":null}"#, "it has 0 styles instead of one"),
            (#"{"coupon":{}}"#, "it has 2 styles instead of one"),
            (#"{"storeCard":null,"boardingPass":{}}"#, "a boarding pass needs a transitType"),
            (#"{"storeCard":{"backFields":[{"key":"points","value":""}]}}"#, "the field key points is there twice"),
            (#"{"storeCard":{"backFields":[{"value":"x"}]}}"#, "a field of backFields has no key"),
            (#"{"storeCard":{"backFields":[{"key":"x"}]}}"#, "the field x has no text, number or date as value"),
            (#"{"expirationDate":"2027-01-01T00:00:00.000Z"}"#, "expirationDate is no W3C date with a zone"),
            (#"{"relevantDate":"2027-01-01T00:00:00+0000"}"#, "relevantDate is no W3C date with a zone"),
            (#"{"barcode":{"format":"PKBarcodeFormatQR","message":"x"}}"#, "a barcode has no messageEncoding"),
        ])
    func refusesContent(patch: String, reason: String) async throws {
        var package = TestPackage()
        package.pass = package.pass.mergePatched(with: try JSON.parse(patch))
        #expect(try await refusal(of: package) == .content(reason))
    }

    @Test("takes a plain http web service with the developer setting")
    func allowsHTTPForDevelopers() async throws {
        var package = TestPackage()
        package.pass = package.pass.mergePatched(with: ["webServiceURL": "http://127.0.0.1:1/"])
        #expect(try await refusal(of: package, allowsHTTP: true) == nil)
    }
}
