import Contracts
import JSON

/// What the packages of a campaign version share: images and translations, with all that is computed from them.
struct CampaignAssets: Sendable {
    /// The files in the order of their paths.
    let files: [PackageFile]
    /// How many bytes they have in all.
    let byteCount: Int

    /// Computes every digest and checksum, once for each version.
    init(images: [(file: ImageFile, bytes: [UInt8])], content: CampaignContent) {
        let pictures = images.map { PackageFile(path: $0.file.rawValue, bytes: $0.bytes) }
        let strings = content.sharedLocalizations.map { language, translations in
            PackageFile(path: StringsFile.path(language: language), bytes: StringsFile.bytes(translations))
        }
        files = (pictures + strings).sorted(by: PackageFile.precedes)
        byteCount = files.reduce(0) { $0 + $1.entry.bytes.count }
    }
}
