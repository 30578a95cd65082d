import Contracts
import Cryptography
import HTTPTypes

/// A version of a campaign with the keys that sign it: everything that its passes share, ready in memory.
struct IssuableCampaign: Sendable {
    let version: Int
    /// The revision of the wallet configuration whose keys sign.
    let walletRevision: Int
    /// Shown by passes whose content names no organisation.
    let organizationName: String?
    let content: CampaignContent
    /// What makes packages, or why there are none.
    let apple: Result<AppleIssuing, IssuingError>
    /// What google-bridge is told; nil when the wallet configuration has no Google issuer.
    let google: GoogleContent?
    let tokenKeys: HMACKeyRing
    let cache: PackageCache
    /// What is known of its images.
    var images: [ImageFile: CampaignImage] = [:]

    /// The pass type of its packages; nil when there are none.
    var passTypeIdentifier: PassTypeIdentifier? { try? apple.get().passTypeIdentifier }

    /// About how many bytes of memory it takes: its files, and what is read from its content.
    var memoryCost: Int { ((try? apple.get().packages.assets.byteCount) ?? 0) + 32 << 10 }

    /// Refuses a pass that phones would refuse, and one that lacks a required token.
    @discardableResult
    func check(_ pass: Pass) throws(IssuingError) -> PassContent {
        do {
            if pass.erasedAt != nil { return try content.erasedContent() }
            return try content.content(for: TokenValues(contact: pass.contact, voucher: pass.voucher))
        } catch {
            throw .faultyPass(error.faults)
        }
    }

    /// What a pass showed, to be compared; nil when its tokens lack values.
    func unchecked(_ pass: Pass) -> PassContent? {
        try? content.content(for: TokenValues(contact: pass.contact, voucher: pass.voucher), isChecked: false)
    }

    /// When a pass with this content ceases to be good by itself; nil when it never does, and once that was told.
    /// - Parameter known: the instant that stands in its row.
    static func expiry(of content: PassContent, known: Instant?, at now: Instant) -> Instant? {
        guard let date = content.pass["expirationDate"]?.stringValue.flatMap(PassDate.init) else { return nil }
        let end = Instant(seconds: date.seconds)
        // One that has just passed and was not told yet stays to be told; one of long ago is not told at all.
        return end == known || end > now ? end : nil
    }

    /// When a new pass ceases to be good by itself.
    func expiry(of pass: Pass, at now: Instant) throws(IssuingError) -> Instant? {
        // Most campaigns' passes never do, and need not be made twice to know it.
        content.mayExpire ? Self.expiry(of: try check(pass), known: nil, at: now) : nil
    }

    /// The signed package of a pass as it is stored; asked for again it is not signed again.
    func package(of stored: Pass, at now: Instant) throws(IssuingError) -> SignedPass {
        if let own = cache.part(of: stored, by: self) {
            let apple = try apple.get()
            return SignedPass(
                pass: stored, package: apple.packages.whole(own), passTypeIdentifier: apple.passTypeIdentifier)
        }
        let signed = try sign(stored, at: now)
        remember(signed)
        return signed
    }

    /// Keeps a package once its pass is stored.
    func remember(_ signed: SignedPass) {
        cache.insert(signed, by: self)
    }

    /// Signs a pass that is not stored yet, after checking it with its real values.
    func sign(_ pass: Pass, at now: Instant) throws(IssuingError) -> SignedPass {
        let apple = try apple.get()
        let content = try check(pass)
        let message = AuthenticationToken.message(
            passTypeIdentifier: apple.passTypeIdentifier, serialNumber: pass.serialNumber)
        guard let token = tokenKeys.token(for: message, kid: pass.tokenKeyID) else {
            throw .lostTokenKey(pass.tokenKeyID)
        }
        let identity = PassIdentity(
            passTypeIdentifier: apple.passTypeIdentifier.rawValue, teamIdentifier: apple.teamIdentifier.rawValue,
            serialNumber: pass.serialNumber.rawValue, organizationName: organizationName,
            webService: PassIdentity.WebService(url: apple.webServiceURL, authenticationToken: token))
        do {
            let package = try apple.packages.package(
                content, identity: identity, voided: pass.voided, asksOwner: asksOwner(of: pass, showing: content),
                at: now.wholeSeconds)
            return SignedPass(pass: pass, package: package, passTypeIdentifier: apple.passTypeIdentifier)
        } catch {
            throw .package(error)
        }
    }

    /// What google-bridge is told of a pass, after checking it with its real values.
    func googleObject(of pass: Pass) throws(IssuingError) -> GoogleObjectRequest {
        guard let google else { throw .platformNotConfigured(.google) }
        let passContent = try check(pass)
        do throws(TemplateFaults) {
            return try google.objectRequest(of: pass, showing: passContent, in: content)
        } catch {
            throw .faultyPass(error.faults)
        }
    }

    /// What others must learn when wallets show another pass: whoever carries it to them.
    /// - Parameter revives: whether it was erased and is somebody's again.
    func notices(of pass: Pass, on platforms: Set<Platform>, revives: Bool = false) -> [OutboxContent] {
        var notices: [OutboxContent] = []
        if platforms.contains(.apple), let passTypeIdentifier {
            notices.append(
                .passesChanged(
                    PassesChanged(
                        passTypeIdentifier: passTypeIdentifier, serialNumbers: [pass.serialNumber],
                        revives: revives ? true : nil, version: revives ? pass.version : nil)))
        }
        if platforms.contains(.google), google != nil { notices.append(.googleObjects([pass.serialNumber])) }
        return notices
    }
}
