import HTTPTypes

/// A problem as a short page for a person.
enum ProblemPage {
    static let style =
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1.5rem;color:#1c1c1e;"
        + "background:#fff}h1{font-size:1.5rem}small{color:#5a5a5f}"
        + "@media(prefers-color-scheme:dark){body{color:#f2f2f7;background:#1c1c1e}small{color:#aeaeb2}}"

    /// The SHA-256 of `style` in Base64, by which the policy allows it and nothing else.
    static let styleHash = "uRsRufE88R2GPZU/5Ze7tHhQkybnH4Uhvv+RJP6vumI="

    static func response(_ problem: Problem) -> HTTPResponse {
        var headers = problem.headers
        headers["Content-Type"] = "text/html; charset=utf-8"
        headers["Cache-Control"] = "no-store, private"
        headers["Content-Security-Policy"] =
            "default-src 'none'; style-src 'sha256-\(styleHash)'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'"
        headers["Referrer-Policy"] = "no-referrer"
        return HTTPResponse(problem.httpStatus, headers: headers, body: .bytes(Array(page(problem).utf8)))
    }

    private static func page(_ problem: Problem) -> String {
        let title = escaped(problem.title)
        var page = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>\(style)</style>
            </head>
            <body>
            <main>
            <h1>\(title)</h1>

            """
        if let detail = problem.detail { page += "<p>\(escaped(detail))</p>\n" }
        if let errors = problem.errors, !errors.isEmpty {
            page += "<ul>\n" + errors.map { "<li>\(escaped($0.detail))</li>\n" }.joined() + "</ul>\n"
        }
        page += "<p><small>Error \(problem.status)"
        if let requestId = problem.requestId { page += " · Request \(escaped(requestId))" }
        return page + "</small></p>\n</main>\n</body>\n</html>\n"
    }

    private static func escaped(_ text: String) -> String {
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
