import Contracts
import Cryptography
import HTTPTypes

/// A version of a campaign with the keys that sign it: everything that its passes share, ready in memory.
struct IssuableCampaign: Sendable {
    let version: Int
    /// The revision of the wallet configuration whose keys sign.
    let walletRevision: Int
    let passTypeIdentifier: PassTypeIdentifier
    let teamIdentifier: TeamIdentifier
    /// Shown by passes whose content names no organisation.
    let organizationName: String?
    let content: CampaignContent
    let packages: PassPackageMaker
    let tokenKeys: HMACKeyRing
    /// Where phones ask for updates.
    let webServiceURL: String
    let cache: PackageCache

    /// About how many bytes of memory it takes.
    var memoryCost: Int { packages.assets.byteCount + 64 << 10 }

    /// Refuses a pass that phones would refuse, and one that lacks a required token.
    @discardableResult
    func check(_ pass: Pass) throws(IssuingError) -> PassContent {
        do {
            return try content.content(for: TokenValues(contact: pass.contact, voucher: pass.voucher))
        } catch {
            throw .faultyPass(error.faults)
        }
    }

    /// The signed package of a pass as it is stored; asked for again it is not signed again.
    func package(of stored: Pass, at now: Instant) throws(IssuingError) -> SignedPass {
        if let signed = cache.package(of: stored, walletRevision: walletRevision) { return signed }
        let signed = try sign(stored, at: now)
        remember(signed)
        return signed
    }

    /// Keeps a package once its pass is stored.
    func remember(_ signed: SignedPass) {
        cache.insert(signed, walletRevision: walletRevision)
    }

    /// Signs a pass that is not stored yet, after checking it with its real values.
    func sign(_ pass: Pass, at now: Instant) throws(IssuingError) -> SignedPass {
        let content = try check(pass)
        let message = AuthenticationToken.message(
            passTypeIdentifier: passTypeIdentifier, serialNumber: pass.serialNumber)
        guard let token = tokenKeys.token(for: message, kid: pass.tokenKeyID) else {
            throw .lostTokenKey(pass.tokenKeyID)
        }
        let identity = PassIdentity(
            passTypeIdentifier: passTypeIdentifier.rawValue, teamIdentifier: teamIdentifier.rawValue,
            serialNumber: pass.serialNumber.rawValue, organizationName: organizationName,
            webService: PassIdentity.WebService(url: webServiceURL, authenticationToken: token))
        do {
            let package = try packages.package(content, identity: identity, voided: pass.voided, at: now.wholeSeconds)
            return SignedPass(pass: pass, package: package, passTypeIdentifier: passTypeIdentifier)
        } catch {
            throw .package(error)
        }
    }

    /// What others must learn when a pass of this campaign changed.
    func notices(of pass: Pass) -> [OutboxContent] {
        [.passesChanged(PassesChanged(passTypeIdentifier: passTypeIdentifier, serialNumbers: [pass.serialNumber]))]
    }
}
