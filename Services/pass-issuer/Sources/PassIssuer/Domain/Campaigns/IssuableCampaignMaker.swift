import Contracts
import Cryptography

/// Makes campaign versions ready: reads the template, computes what passes share.
struct IssuableCampaignMaker: Sendable {
    let tokenKeys: HMACKeyRing
    let webServiceURL: String
    let cache: PackageCache
    let signingInstruments: SigningInstruments

    /// A version of a campaign under its wallet configuration.
    /// - Throws: ``IssuingError/faultyPass(_:)`` when its content is faulty.
    func issuable(
        _ version: CampaignVersion, under wallet: OpenWalletConfiguration
    ) throws(IssuingError) -> IssuableCampaign {
        let configuration = wallet.configuration
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
            throw .faultyPass(error.faults)
        }
        return IssuableCampaign(
            version: version.number, walletRevision: configuration.revision,
            organizationName: configuration.organizationName, content: content,
            apple: apple(version, content, under: wallet), google: google, tokenKeys: tokenKeys,
            cache: cache, images: version.images)
    }

    private func apple(
        _ version: CampaignVersion, _ content: CampaignContent, under wallet: OpenWalletConfiguration
    ) -> Result<AppleIssuing, IssuingError> {
        guard let apple = wallet.configuration.apple, let signer = wallet.signer else {
            return .failure(.platformNotConfigured(.apple))
        }
        guard version.pictures.keys.contains(where: { $0.role == .icon && $0.language == nil }) else {
            return .failure(.draftCampaign)
        }
        let assets: CampaignAssets
        do {
            assets = try CampaignAssets(
                images: version.pictures.map { (file: $0.key, bytes: $0.value) }, content: content)
        } catch {
            return .failure(.package(error))
        }
        return .success(
            AppleIssuing(
                passTypeIdentifier: apple.passTypeIdentifier, teamIdentifier: apple.teamIdentifier,
                packages: PassPackageMaker(assets: assets, signer: signer, instruments: signingInstruments),
                webServiceURL: webServiceURL))
    }
}
