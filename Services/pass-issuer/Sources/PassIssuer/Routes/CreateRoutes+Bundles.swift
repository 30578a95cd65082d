import Contracts
import HTTPServer
import HTTPTypes

/// Links to several passes: all at once where the wallet takes them so, else a page with a link to each.
extension CreateRoutes {
    func open(_ bundle: LinkBundle, _ request: HTTPRequest, isFile: Bool, at now: Instant) async throws -> HTTPResponse
    {
        try await answer(to: request, isFile: isFile, bundle: bundle, at: now) { platform in
            switch platform {
            case .apple:
                let made = try await opening.open(bundle, at: now)
                return HTTPResponse(headers: Self.headers(lastModified: made.lastModified), body: .shared(made.bytes))
            case .google:
                return try redirect(to: try await opening.save(bundle, at: now, on: request).saveUrl, for: request)
            }
        }
    }

    func peek(_ bundle: LinkBundle, _ request: HTTPRequest, isFile: Bool, at now: Instant) async throws -> HTTPResponse
    {
        try await answer(to: request, isFile: isFile, bundle: bundle, at: now) { platform in
            let lastModified = try await opening.peek(bundle, on: platform, at: now)
            switch platform {
            case .apple: return HTTPResponse(headers: Self.headers(lastModified: lastModified ?? now.wholeSeconds))
            case .google: return HTTPResponse(.seeOther, headers: ["Cache-Control": "no-store, private"])
            }
        }
    }

    /// What the link is answered with on the device that opened it.
    /// - Parameter passes: the answer for a wallet.
    private func answer(
        to request: HTTPRequest, isFile: Bool, bundle: LinkBundle, at now: Instant,
        passes: (Platform) async throws -> HTTPResponse
    ) async throws -> HTTPResponse {
        let isBrowser = MediaType.prefersHTML(accept: request.headers["Accept"])
        let chosen = request.query.first("platform").flatMap(Platform.init(rawValue:))
        let destination = BundleDestination(
            of: bundle.platform, chosen: chosen, isFile: isFile, userAgent: request.headers["User-Agent"],
            isBrowser: isBrowser)
        guard case .together(let platform) = destination else {
            return try await page(of: bundle, request, savesTogether: bundle.platform == .any, at: now)
        }
        do {
            return try await passes(platform)
        } catch IssuingError.googleRefusesTogether where isBrowser {
            // One by one they can be saved all the same.
            return try await page(of: bundle, request, savesTogether: false, at: now)
        } catch IssuingError.ofBundle(_, _, .platformNotConfigured)
            where bundle.platform == .any && chosen == nil && isBrowser
        {
            // A person is told which of them works on which phone.
            return try await page(of: bundle, request, savesTogether: false, at: now)
        }
    }

    /// The page with each pass and its own link.
    private func page(
        of bundle: LinkBundle, _ request: HTTPRequest, savesTogether: Bool, at now: Instant
    ) async throws -> HTTPResponse {
        let accepted = AcceptedLanguages(header: request.headers["Accept-Language"])
        let cards = try await opening.cards(of: bundle, for: accepted, at: now)
        let entries = try zip(bundle.passes, cards).map { link, found in
            LinkPageEntry(
                card: found.card, platforms: Platform.allCases.filter(found.platforms.contains),
                link: try minter.token(for: link))
        }
        return page.response(
            for: request.parameters["jwt"] ?? "", showing: entries,
            savesTogether: savesTogether && entries.allSatisfy { $0.platforms.contains(.google) }, to: accepted)
    }

    private static func headers(lastModified: Int) -> HTTPHeaders {
        headers(PassBundle.mediaType, file: "passes.pkpasses", lastModified: lastModified)
    }
}
