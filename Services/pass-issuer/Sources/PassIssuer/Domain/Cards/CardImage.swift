import Contracts

/// A picture of a pass as a page shows it.
struct CardImage: Sendable, Hashable {
    let sha256: ContentHash
    /// Points.
    let width: Int
    /// Points.
    let height: Int

    /// The sharpest picture of a role in the reader's language, or in none; nil when there is none.
    init?(_ role: ImageRole, among images: [ImageFile: CampaignImage], language: String?) {
        let candidates = images.filter {
            $0.key.role == role && ($0.key.language == nil || $0.key.language == language)
        }
        let best = candidates.max {
            ($0.key.language != nil ? 1 : 0, $0.key.scale) < ($1.key.language != nil ? 1 : 0, $1.key.scale)
        }
        guard let (file, image) = best else { return nil }
        sha256 = image.sha256
        width = max(1, image.width / file.scale)
        height = max(1, image.height / file.scale)
    }
}
