import HTTPServer
import HTTPTypes

/// The pages that a person sees; they need no script.
struct SavePage {
    private static let style =
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:28rem;margin:10vh auto;padding:0 1.5rem;color:#1c1c1e;"
        + "background:#fff}article{border-radius:1rem;padding:1rem 1.25rem;margin:1rem 0;background:#eef1f6}"
        + "h1{font-size:1.25rem}h2{font-size:1rem;margin:0}p{margin:.25rem 0}small{color:#5a5a5f}"
        + "input,button{font:inherit;padding:.5rem .75rem}button{border:0;border-radius:.5rem;background:#1c1c1e;"
        + "color:#fff}@media(prefers-color-scheme:dark){body{color:#f2f2f7;background:#1c1c1e}"
        + "article{background:#2c2c2e}small{color:#aeaeb2}button{background:#f2f2f7;color:#1c1c1e}}"

    /// A pass on the page.
    struct Card {
        let title: String
        let subtitle: String
        let id: String
    }

    let title: String
    let cards: [Card]
    let notice: String?
    /// What can be done, by the value that the form sends; nil leaves the form out.
    let action: (value: String, label: String)?
    let user: String

    func response(_ status: HTTPStatus = .ok) -> HTTPResponse {
        HTTPResponse(
            status,
            headers: [
                "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store, private",
                "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                    + "form-action 'self'; frame-ancestors 'none'",
                "Referrer-Policy": "no-referrer",
            ], body: .bytes(Array(html.utf8)))
    }

    private var html: String {
        var body = "<h1>\(Self.escaped(title))</h1>\n"
        for card in cards {
            body += "<article><h2>\(Self.escaped(card.title))</h2>\n<p>\(Self.escaped(card.subtitle))</p>\n"
            body += "<p><small>\(Self.escaped(card.id))</small></p></article>\n"
        }
        if let notice { body += "<p>\(Self.escaped(notice))</p>\n" }
        if let action {
            body += """
                <form method="post">
                <p><label>Google account <input name="user" type="email" value="\(Self.escaped(user))"></label></p>
                <p><button name="action" value="\(Self.escaped(action.value))">\(Self.escaped(action.label))</button></p>
                </form>

                """
        }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Self.escaped(title))</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <main>
            \(body)<p><small>Simulated Google Wallet</small></p>
            </main>
            </body>
            </html>

            """
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
