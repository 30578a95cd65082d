import Bytes
import Contracts
import HTTPClient
import HTTPServer
import HTTPTypes

/// What happens when a link to several passes is opened: each is made or found as by a link of its own.
extension LinkOpening {
    /// The bundle of all passes, for Apple Wallet.
    func open(_ bundle: LinkBundle, at now: Instant) async throws -> (bytes: SharedBytes, lastModified: Int) {
        try await vet(bundle, on: .apple, at: now)
        var packages = PassBundle()
        var lastModified = 0
        for (index, link) in bundle.passes.enumerated() {
            try await naming(index, of: bundle) {
                let signed = try await open(link, at: now)
                do throws(PackageFault) {
                    try packages.add(signed.package.whole, of: link.campaign)
                } catch {
                    throw IssuingError.package(error)
                }
                lastModified = max(lastModified, signed.pass.lastModified)
            }
        }
        return (packages.archive(), lastModified)
    }

    /// Has all passes written to Google.
    /// - Returns: the one page on which the person saves them.
    func save(_ bundle: LinkBundle, at now: Instant, on behalf: HTTPRequest) async throws -> GoogleObjectsAnswer {
        try await vet(bundle, on: .google, at: now)
        var objects: [GoogleObjectUpdate] = []
        for (index, link) in bundle.passes.enumerated() {
            try await naming(index, of: bundle) { objects.append(try await wanted(link, at: now)) }
        }
        guard Set(objects.map(\.object.walletConfigurationId)).count <= 1 else {
            throw IssuingError.googleRefusesTogether(
                "The campaigns have different wallet configurations, and a save link is signed for one. Make one link "
                    + "for each.")
        }
        do throws(RPCError) {
            return try await bridge.putObjects(GoogleObjectsRequest(objects: objects), on: behalf)
        } catch {
            throw IssuingError(google: error)
        }
    }

    /// What a link to several passes would be answered with, without making or storing anything.
    /// - Returns: when the newest of them was changed, in seconds since 1970; nil when none was made yet.
    func peek(_ bundle: LinkBundle, on platform: Platform, at now: Instant) async throws -> Int? {
        var lastModified: Int?
        for (index, link) in bundle.passes.enumerated() {
            try await naming(index, of: bundle) {
                guard let pass = try await peek(link, on: platform, at: now) else { return }
                lastModified = max(lastModified ?? 0, pass.lastModified)
            }
        }
        return lastModified
    }

    /// What a page shows of each pass, and on which platforms it can be opened.
    func cards(
        of bundle: LinkBundle, for accepted: AcceptedLanguages, at now: Instant
    ) async throws -> [(card: PassCard, platforms: Set<Platform>)] {
        var cards: [(card: PassCard, platforms: Set<Platform>)] = []
        for (index, link) in bundle.passes.enumerated() {
            try await naming(index, of: bundle) {
                let platforms = try await platforms(of: link, at: now)
                cards.append((try await card(of: link, for: accepted, at: now), platforms))
            }
        }
        return cards
    }

    /// Finds what would fail before anything is made: all passes of a link are made, or none.
    private func vet(_ bundle: LinkBundle, on platform: Platform, at now: Instant) async throws {
        for (index, link) in bundle.passes.enumerated() {
            try await naming(index, of: bundle) {
                _ = try await peek(link, on: platform, at: now)
                _ = try await card(of: link, for: AcceptedLanguages(header: nil), at: now)
            }
        }
    }

    /// Says of what goes wrong with which pass it did.
    private func naming(_ index: Int, of bundle: LinkBundle, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as IssuingError {
            throw IssuingError.ofBundle(index, count: bundle.passes.count, error)
        }
    }
}
