/// The name of a campaign's image in the package: `icon.png`, `logo@2x.png`, `de.lproj/strip@3x.png`.
public struct ImageFile: Identifier {
    /// What the image is for.
    public let role: ImageRole
    /// Pixels to a point: 1, 2 or 3.
    public let scale: Int
    /// The language of a localised image, as it was written.
    public let language: String?

    /// Names an image; nil when the scale is not 1, 2 or 3 or the language is no language tag.
    public init?(role: ImageRole, scale: Int, language: String? = nil) {
        guard 1...3 ~= scale, language.map(Self.isLanguage) ?? true else { return nil }
        self.role = role
        self.scale = scale
        self.language = language
    }

    /// Takes a file's name; nil when it breaks the rule.
    public init?(rawValue: String) {
        var rest = rawValue[...]
        var language: String?
        if let slash = rest.firstIndex(of: "/") {
            guard rest[..<slash].hasSuffix(".lproj") else { return nil }
            language = String(rest[..<slash].dropLast(".lproj".count))
            rest = rest[rest.index(after: slash)...]
        }
        guard rest.hasSuffix(".png") else { return nil }
        rest = rest.dropLast(".png".count)
        var scale = 1
        for candidate in 2...3 where rest.hasSuffix("@\(candidate)x") {
            scale = candidate
            rest = rest.dropLast(3)
        }
        guard let role = ImageRole(rawValue: String(rest)) else { return nil }
        self.init(role: role, scale: scale, language: language)
        // One image has one name.
        guard self.rawValue == rawValue else { return nil }
    }

    /// The file's name.
    public var rawValue: String {
        let folder = language.map { "\($0).lproj/" } ?? ""
        return folder + role.rawValue + (scale == 1 ? "" : "@\(scale)x") + ".png"
    }

    /// What such a name consists of.
    public static let rule =
        "an image's file: one of \(ImageRole.allCases.map(\.rawValue).joined(separator: ", ")), "
        + "with @2x or @3x when it is larger, .png, in an xx.lproj/ folder when it is localised"

    /// Whether a text looks like a language tag: `de`, `zh-Hans`, `pt_BR`.
    private static func isLanguage(_ text: String) -> Bool {
        guard let first = text.utf8.first, Alphabet.isAlphanumeric(first) else { return false }
        return isValid(text, 1...35, Alphabet.isToken)
    }
}
