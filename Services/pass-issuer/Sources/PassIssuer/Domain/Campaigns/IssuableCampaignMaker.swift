import Contracts
import Cryptography

/// Makes campaign versions ready: reads the template, opens the private key, computes what passes share.
struct IssuableCampaignMaker: Sendable {
    let secrets: SecretBox
    let tokenKeys: HMACKeyRing
    let webServiceURL: String
    let cache: PackageCache

    /// A version of a campaign under its wallet configuration.
    /// - Throws: ``IssuingError`` when it can't issue passes for Apple; ``CryptographyError`` when the stored key can't
    ///   be opened.
    func issuable(
        version: Int, definition: CampaignDefinition, images: [ImageFile: [UInt8]], configuration: WalletConfiguration
    ) throws -> IssuableCampaign {
        guard let apple = configuration.apple else { throw IssuingError.platformNotConfigured(.apple) }
        guard ImageCheck.isComplete(images.keys) else { throw IssuingError.draftCampaign }
        let content: CampaignContent
        do {
            content = try CampaignContent(
                definition, hasOrganizationName: configuration.organizationName != nil)
        } catch {
            throw IssuingError.faultyPass(error.faults)
        }
        let key = try PrivateKey(
            der: secrets.open(
                apple.sealedPrivateKey, context: SealedSecret.privateKey.context(of: configuration.id)))
        let signer = try CMSSigner(
            certificate: Certificate(der: apple.certificate), key: key,
            intermediates: apple.intermediates.map { try Certificate(der: $0) })
        let assets = CampaignAssets(images: images.map { (file: $0.key, bytes: $0.value) }, content: content)
        return IssuableCampaign(
            version: version, walletRevision: configuration.revision, passTypeIdentifier: apple.passTypeIdentifier,
            teamIdentifier: apple.teamIdentifier,
            organizationName: configuration.organizationName, content: content,
            packages: PassPackageMaker(assets: assets, signer: signer), tokenKeys: tokenKeys,
            webServiceURL: webServiceURL, cache: cache)
    }
}
