import Barcode
import Contracts
import HTTPServer
import HTTPTypes

/// The page behind a link that was opened where its wallet is not: how each pass will look, a button for each wallet,
/// and a QR code of the link for the phone.
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

    /// - Parameter savesTogether: whether a button saves all passes to Google Wallet.
    func response(
        for link: String, showing entries: [LinkPageEntry], savesTogether: Bool = false, to accepted: AcceptedLanguages
    ) -> HTTPResponse {
        let language = PageLanguage(for: accepted)
        let colours = PageStyle(zip(1..., entries).map { Self.colours(of: $1.card, number: $0) }.joined())
        let texts = entries.count > 1 ? "bundle" : "link"
        let words = [
            "linkTitle": "\(texts)Title", "repeat": "\(texts)Repeat",
            "lead": texts + Self.lead(Platform.allCases.filter { entries.flatMap(\.platforms).contains($0) }),
        ]
        var record: PageRecord = [
            "organization": .text(entries.first?.card.organization ?? ""), "style": .markup(Self.style.markup),
            "colours": .markup(colours.markup), "icon": .part(Self.image(entries.first?.card.icon)),
            "pass": .records(
                zip(1..., entries).map { Self.record(of: $1, number: entries.count > 1 ? " \($0)" : "", id: $0) }),
            "together": .part(savesTogether ? Self.button(.google, link: nil) : nil), "code": .part(code(of: link)),
        ]
        for (place, name) in words { record[place] = .text(language.texts[name] ?? "") }
        return HTMLPage.response(
            Self.template, record, in: language, styles: [Self.style, colours], showsPictures: true)
    }

    private static func colours(of card: PassCard, number: Int) -> String {
        "#pass-\(number){--pass-ground:\(card.colours.ground.css);--pass-text:\(card.colours.text.css);"
            + "--pass-label:\(card.colours.label.css)}"
    }

    private static func record(of entry: LinkPageEntry, number: String, id: Int) -> PageRecord {
        var record = record(of: entry.card)
        record["number"] = .text(number)
        record["id"] = .text(String(id))
        record["organization"] = .text(entry.card.organization)
        for platform in Platform.allCases {
            record[platform.rawValue] = .part(
                entry.platforms.contains(platform) ? button(platform, link: entry.link) : nil)
        }
        return record
    }

    private static func button(_ platform: Platform, link: String?) -> PageRecord {
        let mark =
            switch platform {
            case .apple: appleMark
            case .google: googleMark
            }
        return [
            "address": .text("\(link.map(PercentEncoding.encodeSegment) ?? "")?platform=\(platform.rawValue)"),
            "mark": .markup(mark),
        ]
    }

    private static func lead(_ platforms: [Platform]) -> String {
        switch platforms {
        case [.apple]: "AppleOnly"
        case [.google]: "GoogleOnly"
        default: "Choose"
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
