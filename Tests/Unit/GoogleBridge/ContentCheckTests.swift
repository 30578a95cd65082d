import Contracts
import GoogleWalletSchema
import JSON
import Testing

@testable import GoogleBridge

@Suite struct ContentCheckTests {
    @Test(arguments: GoogleKind.allCases)
    func findsNothingWrongInTheFixtures(kind: GoogleKind) throws {
        let answer = GoogleContentCheck.check(try MappingFixture(kind).campaign)
        #expect(answer.kind == kind.passKind)
        #expect(answer.errors == [])
        #expect(answer.missingImages == [])
    }

    @Test(
        arguments: [
            (#"{"storeCard":{}}"#, [.logo]), (#"{"boardingPass":{"transitType":"PKTransitTypeTrain"}}"#, [.logo]),
            (#"{"coupon":{}}"#, []), (#"{"generic":{}}"#, []), (#"{"eventTicket":{}}"#, []),
        ] as [(String, [ImageRole])])
    func namesTheImagesThatAreMissing(pass: String, roles: [ImageRole]) throws {
        let answer = GoogleContentCheck.check(try SmallContent(pass).campaign)
        #expect(answer.missingImages == roles)
        #expect(answer.errors == [], "a campaign without its logo is a draft, no fault")
    }

    @Test func namesNoKindWithoutAStyle() throws {
        let answer = GoogleContentCheck.check(try SmallContent("{}").campaign)
        #expect(answer.kind == nil)
        #expect(answer.errors.first?.pointer == "/pass")
    }

    @Test func pointsIntoTheContent() throws {
        let pass =
            #"{"coupon":{"backFields":[{"key":"x","value":"y"}]},"barcodes":[{"format":"PKBarcodeFormatQR","message":"1"}],"locations":[{"latitude":91,"longitude":0}]}"#
        let answer = GoogleContentCheck.check(try SmallContent(pass).campaign)
        #expect(answer.errors.map(\.pointer) == ["/pass/locations"])
        #expect(answer.errors.allSatisfy { $0.detail.hasSuffix(".") })
    }

    @Test func leavesOpenWhatDiffersBetweenPasses() throws {
        let fixture = try MappingFixture(.flight)
        let answer = GoogleContentCheck.check(fixture.campaign)
        #expect(answer.errors == [])
        #expect(answer.kind == .flight)
    }

    @Test func warnsOfTextsThatSmallScreensCut() throws {
        let pass = #"{"coupon":{"primaryFields":[{"key":"offer","value":"\#(String(repeating: "x", count: 61))"}]}}"#
        let warnings = GoogleContentCheck.check(try SmallContent(pass).campaign).warnings
        #expect(warnings.contains { $0.hasPrefix("/pass/coupon/primaryFields/0/value: ") && $0.contains("60") })
    }

    @Test func namesAFaultOncePerPlace() throws {
        let answer = GoogleContentCheck.check(
            try SmallContent(#"{"coupon":{}}"#, google: #"{"class":{"a":1,"b":2}}"#).campaign)
        #expect(answer.errors.map(\.pointer) == ["/google/class/a", "/google/class/b"])
    }
}
