import Archive
import Contracts
import JSON

/// What the packages of a campaign version share: images, translations and the form, with all that is computed from them.
struct CampaignAssets: Sendable {
    /// The images and translations, as every package begins with them.
    let beginning: ZIPBeginning
    /// What manifests say of them, in the order of their paths.
    let lines: [ManifestLine]
    /// The files that packages hold besides while they ask their owner to fill in the form: it and its logos.
    let form: [PackageFile]
    /// How many bytes they have in all.
    let byteCount: Int

    /// Computes every digest and checksum, once for each version.
    init(images: [(file: ImageFile, bytes: [UInt8])], content: CampaignContent) throws(PackageFault) {
        let isLogoOfForm = { (image: (file: ImageFile, bytes: [UInt8])) in image.file.role == .personalizationLogo }
        let pictures = images.filter { !isLogoOfForm($0) }.map { PackageFile(path: $0.file.rawValue, bytes: $0.bytes) }
        let strings = content.sharedLocalizations.map { language, translations in
            PackageFile(path: StringsFile.path(language: language), bytes: StringsFile.bytes(translations))
        }
        let files = (pictures + strings).sorted(by: PackageFile.precedes)
        do throws(ZIPError) {
            beginning = try ZIPBeginning(files.map(\.entry))
        } catch {
            throw .archive(error)
        }
        lines = files.map(\.line)
        form =
            content.personalization.map { personalization in
                [PackageFile(path: PersonalizationFile.path, bytes: PersonalizationFile.bytes(personalization))]
                    + images.filter(isLogoOfForm).map { PackageFile(path: $0.file.rawValue, bytes: $0.bytes) }
            }?.sorted(by: PackageFile.precedes) ?? []
        byteCount = (files + form).reduce(0) { $0 + $1.entry.bytes.count }
    }

    /// What manifests say of the form.
    var formLines: [ManifestLine] { form.map(\.line) }
}
