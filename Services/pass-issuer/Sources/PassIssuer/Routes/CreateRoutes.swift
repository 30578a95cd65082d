import Contracts
import HTTPServer
import HTTPTypes
import JSON

/// `/api/pass/create/{jwt}`: what a phone reaches by a link (public).
struct CreateRoutes: Sendable {
    let reader: LinkReader
    let minter: LinkMinter
    let opening: LinkOpening
    let page: LinkPage
    let rate: RateLimit?
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        let paths = [
            (PassIssuerPaths.openLinkAsBundle, true), (PassIssuerPaths.openLinkAsFile, true),
            (PassIssuerPaths.openLink, false),
        ]
        for (path, isFile) in paths {
            routes.on(.get, path, rate: rate) { request in
                try await readably(request) { try await open(request, isFile: isFile) }
            }
            routes.on(.head, path, rate: rate) { request in
                try await readably(request) { try await peek(request, isFile: isFile) }
            }
        }
    }

    private func open(_ request: HTTPRequest, isFile: Bool) async throws -> HTTPResponse {
        let now = clock()
        let link: LinkClaims
        switch try content(request, at: now) {
        case .bundle(let bundle): return try await open(bundle, request, isFile: isFile, at: now)
        case .pass(let claims): link = claims
        }
        return try await answer(to: request, isFile: isFile, link: link, at: now) { platform in
            switch platform {
            case .apple:
                let signed = try await opening.open(link, at: now)
                return HTTPResponse(
                    headers: headers(of: link, lastModified: signed.pass.lastModified),
                    body: .shared(signed.package.whole))
            case .google:
                return try redirect(to: try await opening.save(link, at: now, on: request).saveUrl, for: request)
            }
        }
    }

    /// Mail scanners and messengers send HEAD to whatever they see: nothing is made, nothing stored.
    private func peek(_ request: HTTPRequest, isFile: Bool) async throws -> HTTPResponse {
        let now = clock()
        let link: LinkClaims
        switch try content(request, at: now) {
        case .bundle(let bundle): return try await peek(bundle, request, isFile: isFile, at: now)
        case .pass(let claims): link = claims
        }
        return try await answer(to: request, isFile: isFile, link: link, at: now) { platform in
            let pass = try await opening.peek(link, on: platform, at: now)
            switch platform {
            case .apple:
                return HTTPResponse(headers: headers(of: link, lastModified: pass?.lastModified ?? now.wholeSeconds))
            case .google:
                return HTTPResponse(.seeOther, headers: ["Cache-Control": "no-store, private"])
            }
        }
    }

    /// What a link is answered with on the device that opened it.
    /// - Parameter pass: the answer for a wallet.
    private func answer(
        to request: HTTPRequest, isFile: Bool, link: LinkClaims, at now: Instant,
        pass: (Platform) async throws -> HTTPResponse
    ) async throws -> HTTPResponse {
        let isBrowser = MediaType.prefersHTML(accept: request.headers["Accept"])
        let chosen = request.query.first("platform").flatMap(Platform.init(rawValue:))
        let destination = LinkDestination(
            of: link.platform, chosen: chosen, isFile: isFile,
            device: DeviceFamily(userAgent: request.headers["User-Agent"]), isBrowser: isBrowser)
        guard case .pass(let platform) = destination else { return try await choices(for: link, request, at: now) }
        do {
            return try await pass(platform)
        } catch IssuingError.platformNotConfigured where link.platform == .any && chosen == nil && isBrowser {
            // A person is told on which phone it works.
            return try await choices(for: link, request, at: now)
        }
    }

    /// The page to choose a wallet from.
    private func choices(for link: LinkClaims, _ request: HTTPRequest, at now: Instant) async throws -> HTTPResponse {
        let accepted = AcceptedLanguages(header: request.headers["Accept-Language"])
        let served = try await opening.platforms(of: link, at: now)
        let entry = LinkPageEntry(
            card: try await opening.card(of: link, for: accepted, at: now),
            platforms: Platform.allCases.filter(served.contains))
        return page.response(for: request.parameters["jwt"] ?? "", showing: [entry], to: accepted)
    }

    private func content(_ request: HTTPRequest, at now: Instant) throws(IssuingError) -> LinkContent {
        do {
            return try reader.content(of: request.parameters["jwt"] ?? "", at: now)
        } catch {
            throw .link(error)
        }
    }

    /// Says what went wrong: to a program as a problem, to a person on a page of their language.
    private func readably(
        _ request: HTTPRequest, _ body: () async throws -> HTTPResponse
    ) async throws -> HTTPResponse {
        do {
            return try await body()
        } catch {
            let trouble = LinkTrouble(error)
            do {
                return try await translated { throw error }
            } catch {
                guard let problem = error as? Problem, MediaType.prefersHTML(accept: request.headers["Accept"]) else {
                    throw error
                }
                return FaultPage.response(problem, trouble: trouble, to: request.head)
            }
        }
    }

    /// To Google's save page; a program that asks for JSON gets its address.
    func redirect(to saveURL: String, for request: HTTPRequest) throws -> HTTPResponse {
        let isProgram = MediaType.prefersJSON(accept: request.headers["Accept"])
        var response = isProgram ? try HTTPResponse.json(SaveLinkAnswer(saveUrl: saveURL)) : HTTPResponse(.seeOther)
        if !isProgram { response.headers["Location"] = saveURL }
        response.headers["Cache-Control"] = "no-store, private"
        return response
    }

    private func headers(of link: LinkClaims, lastModified: Int) -> HTTPHeaders {
        Self.headers(
            "application/vnd.apple.pkpass", file: "\(link.campaign.rawValue).pkpass", lastModified: lastModified)
    }

    static func headers(_ mediaType: String, file: String, lastModified: Int) -> HTTPHeaders {
        var headers = HTTPHeaders()
        headers["Content-Type"] = mediaType
        headers["Content-Disposition"] = #"inline; filename="\#(file)""#
        headers["Last-Modified"] = Instant(seconds: lastModified).httpDate
        headers["Cache-Control"] = "no-store, private"
        return headers
    }
}
