import Barcode
import Contracts
import HTTPServer
import HTTPTypes

/// The page behind a link that was opened where its wallet is not: how the pass will look, a button for each wallet, and
/// a QR code of the link for the phone.
///
/// Works without JavaScript, asks no third party for anything, and follows the reader's language and light or dark theme.
struct LinkPage: Sendable {
    /// Where links begin: the public base URL without a slash at its end.
    let baseURL: String

    static let template = PageTemplate(HTMLPage.text(PackageResources.link_html))
    private static let style = PageStyle(
        HTMLPage.text(PackageResources.page_css) + HTMLPage.text(PackageResources.pass_css))
    private static let appleMark = SafeMarkup(own: HTMLPage.text(PackageResources.apple_wallet_svg))
    private static let googleMark = SafeMarkup(own: HTMLPage.text(PackageResources.google_wallet_svg))
    /// Longer links make codes so dense that cameras can't read them from a screen, and pages that are not small.
    private static let maximumCodeBytes = 1_273

    func response(
        for link: String, showing card: PassCard, platforms: [Platform], to accepted: AcceptedLanguages
    ) -> HTTPResponse {
        let language = PageLanguage(for: accepted)
        let colours = PageStyle(
            ":root{--pass-ground:\(card.colours.ground.css);--pass-text:\(card.colours.text.css);"
                + "--pass-label:\(card.colours.label.css)}")
        var record: PageRecord = [
            "lead": .text(language.texts[Self.lead(platforms)] ?? ""),
            "organization": .text(card.organization), "style": .markup(Self.style.markup),
            "colours": .markup(colours.markup), "icon": .part(Self.image(card.icon)),
            "card": .part(Self.record(of: card)), "code": .part(code(of: link)),
        ]
        for (platform, mark) in [(Platform.apple, Self.appleMark), (.google, Self.googleMark)] {
            record[platform.rawValue] = .part(
                platforms.contains(platform)
                    ? ["address": .text("?platform=\(platform.rawValue)"), "mark": .markup(mark)] : nil)
        }
        return HTMLPage.response(
            Self.template, record, in: language, styles: [Self.style, colours], showsPictures: true)
    }

    private static func lead(_ platforms: [Platform]) -> String {
        switch platforms {
        case [.apple]: "appleOnly"
        case [.google]: "googleOnly"
        default: "choose"
        }
    }

    private func code(of link: String) -> PageRecord? {
        let url = "\(baseURL)/api/pass/create/\(PercentEncoding.encodeSegment(link))"
        guard url.utf8.count <= Self.maximumCodeBytes, let code = try? Barcode(text: url, as: .qr(.low)) else {
            // The buttons are there all the same.
            return nil
        }
        return ["picture": .markup(SafeMarkup(own: code.svg()))]
    }

    private static func record(of card: PassCard) -> PageRecord {
        [
            "logo": .part(image(card.logo)), "logoText": .part(text: card.logoText),
            "header": .part(card.header.isEmpty ? nil : fields(card.header)), "strip": .part(image(card.strip)),
            "thumbnail": .part(image(card.thumbnail)),
            "row": .records(
                card.rows.map { row in
                    fields(row.fields).merging(["kind": .text(row.group.rawValue)]) { first, _ in first }
                }),
        ]
    }

    private static func fields(_ fields: [CardField]) -> PageRecord {
        ["field": .records(fields.map { ["label": .part(text: $0.label), "value": .text($0.value)] })]
    }

    /// A picture by an address that is right behind whatever prefix a proxy puts before ours.
    private static func image(_ image: CardImage?) -> PageRecord? {
        image.map { image in
            [
                "source": .text("../../../images/\(image.sha256.rawValue).png"), "width": .text(String(image.width)),
                "height": .text(String(image.height)),
            ]
        }
    }
}
