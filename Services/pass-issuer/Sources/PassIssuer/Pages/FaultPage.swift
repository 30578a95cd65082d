import HTTPServer
import HTTPTypes

/// The page that a person sees instead of a pass: kind words in their language, and the problem's own.
enum FaultPage {
    static let template = PageTemplate(HTMLPage.text(PackageResources.fault_html))
    private static let style = PageStyle(HTMLPage.text(PackageResources.page_css))

    /// How many faults of a pass are listed.
    private static let maximumErrors = 10

    static func response(_ problem: Problem, trouble: LinkTrouble, to request: HTTPRequestHead) -> HTTPResponse {
        let language = PageLanguage(for: AcceptedLanguages(header: request.headers["Accept-Language"]))
        let errors = (problem.errors ?? []).prefix(maximumErrors).map { error in
            ["text": PageValue.text(CardField.shortened(error.detail))]
        }
        let record: PageRecord = [
            "style": .markup(style.markup),
            "title": .text(language.texts[trouble.rawValue + "Title"] ?? problem.title),
            "advice": .text(language.texts[trouble.rawValue + "Advice"] ?? ""),
            "detail": .part(text: problem.detail),
            "errors": .part(errors.isEmpty ? nil : ["error": .records(errors)]),
            "status": .text(String(problem.status)),
            "request": .part(request.requestID.isEmpty ? nil : ["id": .text(request.requestID)]),
        ]
        var response = HTMLPage.response(template, record, in: language, styles: [style], status: problem.httpStatus)
        for field in problem.headers { response.headers[field.name] = field.value }
        return response
    }
}
