import Contracts
import HTTPServer
import HTTPTypes
import JSON

/// `/api/pass/create/{jwt}`: what a phone reaches by a link (public).
struct CreateRoutes: Sendable {
    let reader: LinkReader
    let opening: LinkOpening
    let page: LinkPage
    let rate: RateLimit?
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        for path in [PassIssuerPaths.openLinkAsFile, PassIssuerPaths.openLink] {
            routes.on(.get, path, rate: rate) { try await open($0) }
            routes.on(.head, path, rate: rate) { try await peek($0) }
        }
    }

    /// How a link is answered on the device that opened it.
    private enum Answer {
        case pass(Platform)
        /// A page to choose from.
        case page
    }

    private func open(_ request: HTTPRequest) async throws -> HTTPResponse {
        let now = clock()
        let link = try claims(request, at: now)
        switch answer(to: request, link: link) {
        case .pass(.apple):
            let signed = try await translated { try await opening.open(link, at: now) }
            return HTTPResponse(
                headers: headers(of: link, lastModified: signed.pass.lastModified), body: .bytes(signed.package))
        case .pass(.google):
            let saved = try await translated { try await opening.save(link, at: now, on: request) }
            return try redirect(to: saved.saveUrl, for: request)
        case .page:
            return page.response(
                for: request.parameters["jwt"] ?? "", platforms: try await platforms(of: link, at: now))
        }
    }

    /// Mail scanners and messengers send HEAD to whatever they see: nothing is made, nothing stored.
    private func peek(_ request: HTTPRequest) async throws -> HTTPResponse {
        let now = clock()
        let link = try claims(request, at: now)
        switch answer(to: request, link: link) {
        case .pass(.apple):
            let pass = try await translated { try await opening.peek(link, on: .apple, at: now) }
            return HTTPResponse(headers: headers(of: link, lastModified: pass?.lastModified ?? now.wholeSeconds))
        case .pass(.google):
            _ = try await translated { try await opening.peek(link, on: .google, at: now) }
            return HTTPResponse(.seeOther, headers: ["Cache-Control": "no-store, private"])
        case .page:
            return page.response(
                for: request.parameters["jwt"] ?? "", platforms: try await platforms(of: link, at: now))
        }
    }

    /// The wallets that a link of platform `any` can be opened in.
    private func platforms(of link: LinkClaims, at now: Instant) async throws -> [Platform] {
        try await translated {
            let served = try await opening.platforms(of: link, at: now)
            return Platform.allCases.filter(served.contains)
        }
    }

    private func claims(_ request: HTTPRequest, at now: Instant) throws(Problem) -> LinkClaims {
        do {
            return try reader.claims(of: request.parameters["jwt"] ?? "", at: now)
        } catch {
            throw Problem(issuing: .link(error))
        }
    }

    private func answer(to request: HTTPRequest, link: LinkClaims) -> Answer {
        switch link.platform {
        case .apple: .pass(.apple)
        case .google: .pass(.google)
        case .any:
            switch request.query.first("platform").flatMap(Platform.init(rawValue:)) {
            case let chosen?: .pass(chosen)
            case nil:
                switch DeviceFamily(userAgent: request.headers["User-Agent"]) {
                case .apple: .pass(.apple)
                case .android: .pass(.google)
                case .other: .page
                }
            }
        }
    }

    /// To Google's save page; a program that asks for JSON gets its address.
    private func redirect(to saveURL: String, for request: HTTPRequest) throws -> HTTPResponse {
        let isProgram = MediaType.prefersJSON(accept: request.headers["Accept"])
        var response = isProgram ? try HTTPResponse.json(SaveLinkAnswer(saveUrl: saveURL)) : HTTPResponse(.seeOther)
        if !isProgram { response.headers["Location"] = saveURL }
        response.headers["Cache-Control"] = "no-store, private"
        return response
    }

    private func headers(of link: LinkClaims, lastModified: Int) -> HTTPHeaders {
        var headers = HTTPHeaders()
        headers["Content-Type"] = "application/vnd.apple.pkpass"
        headers["Content-Disposition"] = #"inline; filename="\#(link.campaign.rawValue).pkpass""#
        headers["Last-Modified"] = Instant(seconds: lastModified).httpDate
        headers["Cache-Control"] = "no-store, private"
        return headers
    }
}
