import Contracts
import Testing

@Suite struct ImageFileTests {
    @Test(
        "reads role, scale and language",
        arguments: [
            ("icon.png", .icon, 1, nil), ("logo@2x.png", .logo, 2, nil), ("de.lproj/strip@3x.png", .strip, 3, "de"),
            ("zh-Hans.lproj/venueMap.png", .venueMap, 1, "zh-Hans"), ("pt_BR.lproj/icon.png", .icon, 1, "pt_BR"),
            ("personalizationLogo@2x.png", .personalizationLogo, 2, nil),
        ] as [(String, ImageRole, Int, String?)])
    func reads(name: String, role: ImageRole, scale: Int, language: String?) throws {
        let file = try #require(ImageFile(rawValue: name))
        #expect(file.role == role)
        #expect(file.scale == scale)
        #expect(file.language == language)
        #expect(file.rawValue == name)
        #expect(ImageFile(role: role, scale: scale, language: language) == file)
    }

    @Test(
        "refuses other names",
        arguments: [
            "", "icon", "icon.PNG", "Icon.png", "icon@1x.png", "icon@4x.png", "icon@2x@2x.png", "icon@2x@3x.png",
            "poster.png",
            "../icon.png", "/icon.png", ".lproj/icon.png", "../de.lproj/icon.png", "de/icon.png", "a/b.lproj/icon.png",
            "de.lproj/../icon.png", "de.lproj//icon.png", "d e.lproj/icon.png", "..lproj/icon.png", "icon.png/",
            "icon.png\u{0}",
        ])
    func refuses(name: String) {
        #expect(ImageFile(rawValue: name) == nil)
    }
}
