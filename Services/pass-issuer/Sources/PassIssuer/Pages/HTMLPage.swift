import HTTPServer
import HTTPTypes

/// What all pages have in common: their language, their style, and that they load nothing from elsewhere.
enum HTMLPage {
    /// An answer with a page.
    /// - Parameter showsPictures: whether it shows pictures of ours.
    static func response(
        _ template: PageTemplate, _ record: PageRecord, in language: PageLanguage, styles: [PageStyle],
        status: HTTPStatus = .ok, showsPictures: Bool = false
    ) -> HTTPResponse {
        var record = record
        for (name, text) in language.texts where record[name] == nil { record[name] = .text(text) }
        record["language"] = .text(language.rawValue)
        var response = HTTPResponse(
            status, headers: ["Content-Type": "text/html; charset=utf-8"],
            body: .bytes(Array(template.rendered(record).text.utf8)))
        response.headers["Content-Language"] = language.rawValue
        response.headers["Vary"] = "Accept, Accept-Language, User-Agent"
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Content-Security-Policy"] =
            "default-src 'none'; style-src \(styles.map(\.source).joined(separator: " "));"
            + (showsPictures ? " img-src 'self';" : "")
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        return response
    }

    /// A file of `Pages/` as text.
    static func text(_ file: [UInt8]) -> String { String(decoding: file, as: UTF8.self) }
}
