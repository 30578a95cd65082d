import Contracts
import HTTPServer
import HTTPTypes

/// `/console`: the pages that people administer with (internal). All of them are one document and its modules.
struct ConsoleRoutes: Sendable {
    private static let pages: Set<String> = [
        "campaigns", "rollouts", "passes", "device-logs", "audit-log", "wallet-configurations", "google", "queues",
        "sign-in",
    ]
    private static let headers: HTTPHeaders = [
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
            + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'",
        "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
    ]

    func add(to routes: inout Routes) {
        for path in ["/console", "/console/{page}", "/console/{page}/{id}", "/console/{page}/{id}/{part}"]
            as [PathTemplate]
        {
            routes.on(.get, path) { request in
                if let page = request.parameters["page"], !Self.pages.contains(page) {
                    throw Problem(.notFound, "There is nothing at this address.")
                }
                return try Self.file("index.html", request)
            }
        }
        routes.on(.get, "/console/assets/{file}") { request in
            try Self.file(request.parameters["file"] ?? "", request)
        }
        routes.on(.get, "/console/assets/{folder}/{file}") { request in
            try Self.file("\(request.parameters["folder"] ?? "")/\(request.parameters["file"] ?? "")", request)
        }
    }

    private static func file(_ name: String, _ request: HTTPRequest) throws(Problem) -> HTTPResponse {
        guard let file = ConsoleFile.all[name] else { throw Problem(.notFound, "There is nothing at this address.") }
        var headers = headers
        headers["ETag"] = file.tag
        headers["Cache-Control"] = "no-cache"
        if request.headers["If-None-Match"] == file.tag { return HTTPResponse(.notModified, headers: headers) }
        headers["Content-Type"] = file.type
        return HTTPResponse(headers: headers, body: .shared(file.bytes))
    }
}
