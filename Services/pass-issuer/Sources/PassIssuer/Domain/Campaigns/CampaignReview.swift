import Contracts
import Cryptography
import JSON

/// What there is to say about a campaign before and after it is stored.
enum CampaignReview {
    /// How many bytes of a package are left for pass.json, translations, manifest and signature, generously.
    static let reservedBytes = 500_000

    /// Every error of a definition but those that the stored one has too.
    static func faults(
        of definition: CampaignDefinition, hasOrganizationName: Bool, accepting stored: CampaignDefinition? = nil
    ) -> [PassFault] {
        let faultsForGoogle = GoogleContent.faults(of: definition.google)
        let accepted = stored.map { stored in
            AcceptedFaults(CampaignContent.faults(of: stored, hasOrganizationName: hasOrganizationName))
        }
        do {
            _ = try CampaignContent(
                definition, hasOrganizationName: hasOrganizationName, accepting: accepted ?? AcceptedFaults())
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

    /// Whether a campaign has the images without which a platform's passes can't be made.
    ///
    /// Phones take an icon of any scale, so an imported package may have no other; new content needs icon.png.
    static func hasRequiredImages(_ campaign: Campaign, for platforms: Set<Platform>) -> Bool {
        requiredImages(of: campaign.definition, platforms: platforms).allSatisfy { file in
            campaign.images[file] != nil
                || file.role == .icon && campaign.definition.isVerbatim == true
                    && campaign.images.keys.contains { $0.role == .icon && $0.language == nil }
        }
    }

    /// A picture of a package: kept whatever it is, its size being 0 when it can't be read.
    static func imported(_ bytes: [UInt8]) throws(AdministrationError) -> CampaignImage {
        guard let sha256 = ContentHash(rawValue: Hex.encode(SHA256.digest(bytes))) else {
            throw .faulty([PassFault(.root, "The file has no hash.", "Save the image anew.")])
        }
        let size = PNGImage.size(of: bytes)
        return CampaignImage(
            sha256: sha256, width: size?.width ?? 0, height: size?.height ?? 0, byteCount: bytes.count)
    }

    /// What an admin should know, in sentences: what a draft lacks, what phones leave out, what they ignore, and what they
    /// would refuse once tokens have values.
    static func warnings(
        about campaign: Campaign, issuer: CampaignIssuer?
    ) -> [String] {
        let hasOrganizationName = issuer?.hasOrganizationName ?? true
        let faults = CampaignContent.faults(of: campaign.definition, hasOrganizationName: hasOrganizationName)
        let withSamples = SampleReview.warnings(about: campaign.definition, hasOrganizationName: hasOrganizationName)
        let images = campaign.images.mapValues { PNGImage(width: $0.width, height: $0.height) }
        let missing = requiredImages(of: campaign.definition, platforms: issuer?.platforms ?? [])
            .filter { campaign.images[$0] == nil && $0.role != .icon }
            .map { "\($0) is missing; Google refuses the class without it. Add \($0)." }
        let pictures = ImageCheck.warnings(
            about: images, of: campaign.definition.pass, languages: campaign.definition.localizations?.keys ?? [])
        let form = PersonalizationRules.warnings(about: campaign.images.keys, of: campaign.definition)
        return (faults + withSamples + pictures + form).map(\.description)
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
        let limit = PassPackageMaker.maximumBytes - reservedBytes
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
