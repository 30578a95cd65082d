import Contracts
import JSON

/// Which of a campaign's images Google shows, and where.
struct ImageChoice: Sendable {
    /// A square logo.
    private(set) var logo: GoogleImage?
    /// A wide logo, in place of the square one and the name beside it.
    private(set) var wideLogo: GoogleImage?
    /// The banner.
    private(set) var hero: GoogleImage?
    /// The picture among the details.
    private(set) var thumbnail: GoogleImage?
    /// The picture below the barcode.
    private(set) var footer: GoogleImage?
    /// What could not be carried over.
    private(set) var notes: [MappingNote] = []

    /// Chooses among a content's images.
    init(_ images: [GoogleImage]) {
        let best = Self.largest(images)
        chooseLogos(best)
        chooseHero(best)
        thumbnail = best[.thumbnail]
        footer = best[.footer]
        let place = JSONPointer(tokens: ["images"])
        for image in images where image.file.language != nil {
            notes.append(
                MappingNote(place, "'\(image.file)' is shown on iPhones alone: Google has no images by language."))
        }
        let unused: [ImageRole] = [.primaryLogo, .secondaryLogo, .artwork, .venueMap]
        for role in unused where best[role] != nil {
            notes.append(
                MappingNote(place, "'\(role.rawValue)' is shown on iPhones alone: Google has no place for it."))
        }
    }

    private mutating func chooseLogos(_ best: [ImageRole: GoogleImage]) {
        guard let image = best[.logo] else {
            logo = best[.icon]
            return
        }
        guard Self.ratio(image) > Self.squareUpTo else {
            logo = image
            return
        }
        wideLogo = image
        logo = best[.icon] ?? image
        if best[.icon] == nil {
            notes.append(
                MappingNote(
                    JSONPointer(tokens: ["images"]),
                    "'\(image.file)' is wide, and Google also shows it in a circle; add a square icon."))
        }
    }

    private mutating func chooseHero(_ best: [ImageRole: GoogleImage]) {
        let place = JSONPointer(tokens: ["images"])
        if let strip = best[.strip] {
            hero = strip
            if Self.ratio(strip) < Self.heroFrom {
                notes.append(
                    MappingNote(
                        place, "'\(strip.file)' is not three times as wide as high; Google cuts it to that shape."))
            }
        }
        guard let background = best[.background] else { return }
        if hero == nil, Self.ratio(background) >= Self.heroFrom {
            hero = background
        } else {
            notes.append(
                MappingNote(place, "'\(background.file)' is shown on iPhones alone: Google has no picture behind all."))
        }
    }

    /// Up to this ratio of width to height a logo looks right in a circle.
    private static let squareUpTo = 1.25
    /// A banner is at least so many times as wide as high.
    private static let heroFrom = 3.0

    private static func ratio(_ image: GoogleImage) -> Double {
        Double(image.width) / Double(max(image.height, 1))
    }

    /// The largest image of each role, of those for all languages.
    private static func largest(_ images: [GoogleImage]) -> [ImageRole: GoogleImage] {
        var best: [ImageRole: GoogleImage] = [:]
        for image in images where image.file.language == nil {
            guard let other = best[image.file.role] else {
                best[image.file.role] = image
                continue
            }
            if (image.file.scale, image.width) > (other.file.scale, other.width) { best[image.file.role] = image }
        }
        return best
    }
}
