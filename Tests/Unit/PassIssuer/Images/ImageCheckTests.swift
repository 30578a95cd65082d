import Contracts
import JSON
import Testing

@testable import PassIssuer

@Suite struct ImageCheckTests {
    private func warnings(_ images: [(String, Int, Int)], _ pass: JSONObject) throws -> [String] {
        var all: [ImageFile: PNGImage] = [:]
        for (name, width, height) in images {
            all[try #require(ImageFile(rawValue: name))] = try PNGImage(checking: PNGFixture.make(width, height))
        }
        let warnings = ImageCheck.warnings(about: all, of: pass)
        #expect(warnings.allSatisfy { $0.severity == .warning })
        for warning in warnings {
            let name = warning.pointer.tokens.last ?? ""
            #expect(warning.reason.contains(name), "\(warning)")
        }
        return warnings.map { $0.pointer.tokens[1] }
    }

    @Test("says nothing of images in their nominal sizes")
    func nominal() throws {
        let images = [
            ("icon.png", 38, 38), ("icon@2x.png", 76, 76), ("logo@3x.png", 480, 150), ("strip.png", 375, 144),
        ]
        #expect(try warnings(images, ["storeCard": [:]]) == [])
    }

    @Test("warns of larger ones, by the style's own size of a strip")
    func larger() throws {
        let images = [("icon.png", 39, 38), ("logo.png", 160, 51), ("strip.png", 375, 144)]
        #expect(try warnings(images, ["coupon": [:]]) == ["icon.png", "logo.png"])
        #expect(try warnings(images, ["eventTicket": [:]]) == ["icon.png", "logo.png", "strip.png"])
    }

    @Test(
        "warns of images that the style does not draw",
        arguments: [
            ("boardingPass", "strip.png"), ("boardingPass", "thumbnail.png"), ("coupon", "thumbnail.png"),
            ("storeCard", "footer.png"), ("generic", "strip.png"), ("generic", "artwork.png"),
            ("eventTicket", "footer.png"),
        ])
    func style(style: String, file: String) throws {
        #expect(try warnings([("icon.png", 29, 29), (file, 9, 9)], [style: [:]]) == [file])
    }

    @Test("knows the images of a poster event ticket, and that it needs one")
    func poster() throws {
        let pass: JSONObject = ["eventTicket": [:], "preferredStyleSchemes": ["posterEventTicket", "eventTicket"]]
        #expect(try warnings([("icon.png", 29, 29), ("artwork.png", 9, 9), ("venueMap.png", 900, 900)], pass) == [])
        #expect(try warnings([("icon.png", 29, 29)], pass) == ["artwork.png"])
    }

    @Test("warns of a strip beside a background, and of a thumbnail beyond 2:3 and 3:2")
    func pictures() throws {
        let both = [("background.png", 9, 9), ("icon.png", 29, 29), ("strip.png", 9, 9)]
        #expect(try warnings(both, ["eventTicket": [:]]) == ["strip.png"])
        #expect(try warnings([("icon.png", 29, 29), ("thumbnail.png", 60, 90)], ["generic": [:]]) == [])
        #expect(try warnings([("icon.png", 29, 29), ("thumbnail.png", 59, 90)], ["generic": [:]]) == ["thumbnail.png"])
        #expect(try warnings([("icon.png", 29, 29), ("thumbnail.png", 90, 59)], ["generic": [:]]) == ["thumbnail.png"])
    }

    @Test("warns of an image that some languages lack, unless the root has it")
    func languages() throws {
        func warned(_ names: [String], _ languages: [String]) throws -> [String] {
            let images = try names.map { (try #require(ImageFile(rawValue: $0)), PNGImage(width: 9, height: 9)) }
            return ImageCheck.warnings(
                about: Dictionary(uniqueKeysWithValues: images), of: ["coupon": [:]], languages: languages
            ).map { $0.pointer.tokens[1] }
        }
        let all = ["icon.png", "de.lproj/strip.png", "fr.lproj/strip@2x.png"]
        #expect(try warned(all, ["de", "fr"]) == [])
        #expect(try warned(all, ["de", "fr", "it"]) == ["de.lproj/strip.png"])
        #expect(try warned(["icon.png", "strip.png"], ["it"]) == [])
    }

    @Test("tells that a picture can't be read")
    func unreadable() throws {
        let images = [try #require(ImageFile(rawValue: "icon.png")): PNGImage(width: 0, height: 0)]
        #expect(ImageCheck.warnings(about: images, of: [:]).map { $0.pointer.tokens[1] } == ["icon.png"])
    }

    @Test("warns of an image both at the root and in a language's folder, and of a missing icon")
    func localized() throws {
        let images = [
            ("icon.png", 29, 29), ("logo@2x.png", 9, 9), ("de.lproj/logo.png", 9, 9), ("fr.lproj/strip.png", 9, 9),
        ]
        #expect(try warnings(images, ["coupon": [:]]) == ["de.lproj/logo.png", "fr.lproj/strip.png"])
        #expect(try warnings([("icon@2x.png", 29, 29), ("de.lproj/logo.png", 9, 9)], ["coupon": [:]]) == ["icon.png"])
        #expect(!ImageCheck.isComplete([try #require(ImageFile(rawValue: "de.lproj/icon.png"))]))
        #expect(ImageCheck.isComplete([try #require(ImageFile(rawValue: "icon.png"))]))
    }
}
