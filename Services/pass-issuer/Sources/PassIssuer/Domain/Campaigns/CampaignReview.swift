import Contracts
import Cryptography
import JSON

/// What there is to say about a campaign before and after it is stored.
enum CampaignReview {
    /// Every error of a definition.
    static func faults(of definition: CampaignDefinition, hasOrganizationName: Bool) -> [PassFault] {
        let faultsForGoogle = GoogleContent.faults(of: definition.google)
        do {
            _ = try CampaignContent(definition, hasOrganizationName: hasOrganizationName)
            return faultsForGoogle
        } catch {
            return error.faults + faultsForGoogle
        }
    }

    /// The style that the definition's pass has; once passes exist it can't change.
    static func style(of definition: CampaignDefinition) -> PassStyle? {
        PassValidator.style(of: definition.pass)
    }

    /// The images without which a platform's passes can't be made.
    static func requiredImages(of definition: CampaignDefinition, platforms: Set<Platform>) -> Set<ImageFile> {
        var roles: Set<ImageRole> = []
        // A configuration that has no certificates yet will most likely get Apple's.
        if platforms.contains(.apple) || platforms.isEmpty { roles.insert(.icon) }
        if platforms.contains(.google), googleKind(of: definition) == .loyalty || googleKind(of: definition) == .transit
        {
            roles.insert(.logo)
        }
        return Set(roles.compactMap { ImageFile(role: $0, scale: 1) })
    }

    /// What an admin should know, in sentences: what a draft lacks, what phones leave out, what they ignore.
    static func warnings(
        about campaign: Campaign, issuer: CampaignIssuer?
    ) -> [String] {
        let faults = CampaignContent.faults(
            of: campaign.definition, hasOrganizationName: issuer?.hasOrganizationName ?? true)
        let images = campaign.images.mapValues { PNGImage(width: $0.width, height: $0.height) }
        let missing = requiredImages(of: campaign.definition, platforms: issuer?.platforms ?? [])
            .filter { campaign.images[$0] == nil && $0.role != .icon }
            .map { "\($0) is missing; Google refuses the class without it. Add \($0)." }
        let pictures = ImageCheck.warnings(
            about: images, of: campaign.definition.pass, languages: campaign.definition.localizations?.keys ?? [])
        return (faults + pictures).map(\.description)
            + missing.sorted()
    }

    /// Checks an uploaded picture.
    static func image(_ file: ImageFile, _ bytes: [UInt8]) throws(AdministrationError) -> CampaignImage {
        do {
            let image = try ImageCheck.image(bytes, as: file)
            guard let sha256 = ContentHash(rawValue: Hex.encode(SHA256.digest(bytes))) else {
                throw ImageFault.malformed("it has no hash")
            }
            return CampaignImage(sha256: sha256, width: image.width, height: image.height, byteCount: bytes.count)
        } catch let fault as ImageFault {
            if case .tooManyBytes = fault { throw .tooLarge(fault.detail) }
            throw .faulty([PassFault(.root, fault.reason, fault.remedy)])
        } catch {
            throw .faulty([PassFault(.root, "The file is no PNG.", "Convert the image to PNG.")])
        }
    }

    /// Refuses an image with which no package could be made any more.
    static func checkSize(of campaign: Campaign, with file: ImageFile) throws(AdministrationError) {
        // What pass.json, translations, manifest and signature take at most, generously.
        let limit = PassPackageMaker.maximumBytes - 500_000
        let sum = campaign.images.values.reduce(0) { $0 + $1.byteCount }
        guard sum > limit else { return }
        throw .faulty([
            PassFault(
                .root,
                "With \(file) the campaign's images have \(sum) bytes; \(limit) are allowed, since phones load all of them.",
                "Send smaller images, or remove some.")
        ])
    }

    /// The kind that the style implies, unless the definition names one.
    private static func googleKind(of definition: CampaignDefinition) -> GooglePassKind? {
        if let kind = definition.google?.kind { return kind }
        switch style(of: definition) {
        case .storeCard: return .loyalty
        case .coupon: return .offer
        case .eventTicket: return .eventTicket
        case .boardingPass:
            return definition.pass["boardingPass"]?["transitType"]?.stringValue == "PKTransitTypeAir"
                ? .flight : .transit
        case .generic, nil: return .generic
        }
    }
}

extension PNGImage {
    /// A picture that was looked through when it was uploaded.
    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }
}
