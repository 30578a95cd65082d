import Contracts
import Cryptography

/// Makes campaign versions ready: reads the template, opens the private key, computes what passes share.
struct IssuableCampaignMaker: Sendable {
    let secrets: SecretBox
    let tokenKeys: HMACKeyRing
    let webServiceURL: String
    let cache: PackageCache
    let signingInstruments: SigningInstruments

    /// A version of a campaign under its wallet configuration.
    /// - Throws: ``IssuingError`` when its content is faulty; ``CryptographyError`` when the stored key can't be opened.
    func issuable(_ version: CampaignVersion, under configuration: WalletConfiguration) throws -> IssuableCampaign {
        let content: CampaignContent
        let google: GoogleContent?
        do throws(TemplateFaults) {
            content = try CampaignContent(
                version.definition, hasOrganizationName: configuration.organizationName != nil, accepting: .all)
            google =
                configuration.google == nil
                ? nil
                : try GoogleContent(
                    version.definition.google, images: version.images, walletConfiguration: configuration.id,
                    organizationName: configuration.organizationName)
        } catch {
            throw IssuingError.faultyPass(error.faults)
        }
        return IssuableCampaign(
            version: version.number, walletRevision: configuration.revision,
            organizationName: configuration.organizationName, content: content,
            apple: try apple(version, content, under: configuration), google: google, tokenKeys: tokenKeys,
            cache: cache, images: version.images)
    }

    private func apple(
        _ version: CampaignVersion, _ content: CampaignContent, under configuration: WalletConfiguration
    ) throws -> Result<AppleIssuing, IssuingError> {
        guard let apple = configuration.apple else { return .failure(.platformNotConfigured(.apple)) }
        guard version.pictures.keys.contains(where: { $0.role == .icon && $0.language == nil }) else {
            return .failure(.draftCampaign)
        }
        let key = try PrivateKey(
            der: secrets.open(
                apple.sealedPrivateKey, context: SealedSecret.privateKey.context(of: configuration.id)))
        let signer = try CMSSigner(
            certificate: Certificate(der: apple.certificate), key: key,
            intermediates: apple.intermediates.map { try Certificate(der: $0) })
        let assets = CampaignAssets(images: version.pictures.map { (file: $0.key, bytes: $0.value) }, content: content)
        return .success(
            AppleIssuing(
                passTypeIdentifier: apple.passTypeIdentifier, teamIdentifier: apple.teamIdentifier,
                packages: PassPackageMaker(assets: assets, signer: signer, instruments: signingInstruments),
                webServiceURL: webServiceURL))
    }
}
