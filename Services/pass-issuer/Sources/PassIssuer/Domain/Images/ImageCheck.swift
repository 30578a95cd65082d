import Contracts
import JSON

/// Checks one picture of a campaign, and all of them together.
enum ImageCheck {
    /// How many times its nominal size a side may be.
    static let largestFactor = 3

    /// Looks through an uploaded file.
    static func image(_ bytes: [UInt8], as file: ImageFile) throws(ImageFault) -> PNGImage {
        let image = try PNGImage(checking: bytes)
        guard let nominal = ImageSize.nominal(file.role) else { return image }
        let sides = [("width", image.width, nominal.width), ("height", image.height, nominal.height)]
        for (side, pixels, points) in sides {
            let maximum = points * file.scale * largestFactor
            guard pixels <= maximum else {
                throw .tooManyPixels(file: file.rawValue, side: side, pixels: pixels, maximum: maximum)
            }
        }
        return image
    }

    /// What an admin should know about a campaign's images; never an error.
    /// - Parameter languages: those that the texts are translated into.
    static func warnings(
        about images: [ImageFile: PNGImage], of pass: JSONObject, languages: some Sequence<String> = []
    ) -> [PassFault] {
        let files = images.keys.sorted { $0.rawValue < $1.rawValue }
        let style = PassValidator.style(of: pass)
        let allowed = style.map { allowedRoles(style: $0, pass) }
        var warnings: [PassFault] = []
        for file in files {
            if let image = images[file] { warnings += sizeWarnings(file, image, style) }
            if let style, let allowed, !allowed.contains(file.role) {
                warnings.append(
                    warning(
                        file, "\(file.rawValue) is not drawn in the style \(style.rawValue).", "Remove the image."))
            }
            if file.language != nil, files.contains(where: { $0.language == nil && $0.role == file.role }) {
                warnings.append(
                    warning(
                        file, "\(file.rawValue) also stands at the root, so phones may ignore the localised image.",
                        "Keep \(file.role.rawValue) either at the root or in every language's folder."))
            }
        }
        return warnings + languageWarnings(files, Set(languages)) + missingWarnings(files, style, pass)
    }

    /// A picture that is there for some languages alone: phones in another one show none.
    private static func languageWarnings(_ files: [ImageFile], _ languages: Set<String>) -> [PassFault] {
        let all = languages.union(files.compactMap(\.language))
        return ImageRole.allCases.compactMap { role in
            let own = files.filter { $0.role == role }
            let missing = all.subtracting(own.compactMap(\.language)).sorted()
            guard let first = own.first, own.allSatisfy({ $0.language != nil }), !missing.isEmpty else { return nil }
            return warning(
                first,
                "\(first.rawValue) and its like are there for some languages alone; in \(missing.joined(separator: ", ")) none is shown.",
                "Add it for every language, or one at the root instead of them.")
        }
    }

    /// Whether the images without which no phone takes the pass are there.
    static func isComplete(_ files: some Sequence<ImageFile>) -> Bool {
        files.contains { $0.role == .icon && $0.scale == 1 && $0.language == nil }
    }

    private static func allowedRoles(style: PassStyle, _ pass: JSONObject) -> Set<ImageRole> {
        var roles = style.images
        let schemes = pass["preferredStyleSchemes"]?.arrayValue?.compactMap(\.stringValue) ?? []
        if schemes.contains(SchemeRules.poster) {
            roles.formUnion([.artwork, .background, .primaryLogo, .secondaryLogo, .venueMap])
        }
        if schemes.contains(SchemeRules.boarding) { roles.formUnion([.primaryLogo, .secondaryLogo]) }
        if pass[PassStyle.posterGeneric] != nil {
            roles.formUnion([.artwork, .background, .primaryLogo, .secondaryLogo])
        }
        if pass["upcomingPassInformation"] != nil { roles.insert(.venueMap) }
        if pass["nfc"] != nil { roles.insert(.personalizationLogo) }
        return roles
    }

    private static func sizeWarnings(_ file: ImageFile, _ image: PNGImage, _ style: PassStyle?) -> [PassFault] {
        guard image.width > 0 else {
            return [
                warning(
                    file, "\(file.rawValue) is no PNG that can be read whole.",
                    "Save the image anew and send it again.",
                    effect: .unknown)
            ]
        }
        guard let nominal = ImageSize.nominal(file.role, style: style) else { return [] }
        let width = nominal.width * file.scale
        let height = nominal.height * file.scale
        if image.width > width || image.height > height {
            return [
                warning(
                    file,
                    "\(file.rawValue) is \(image.width) × \(image.height) pixels; its nominal size is \(width) × "
                        + "\(height).",
                    "Scale it down; phones only shrink or crop it.", effect: .showsAnyway)
            ]
        }
        let isFar = image.width * 3 < image.height * 2 || image.width * 2 > image.height * 3
        guard file.role == .thumbnail, isFar else { return [] }
        return [
            warning(
                file, "\(file.rawValue) is \(image.width) × \(image.height) pixels, beyond 2:3 or 3:2.",
                "Crop it to an aspect between 2:3 and 3:2.", effect: .showsAnyway)
        ]
    }

    private static func missingWarnings(
        _ files: [ImageFile], _ style: PassStyle?, _ pass: JSONObject
    ) -> [PassFault] {
        var warnings: [PassFault] = []
        let roles = Set(files.map(\.role))
        if !isComplete(files) {
            warnings.append(
                PassFault(
                    pointer("icon.png"), "icon.png is missing; phones refuse a pass without it.", "Add icon.png.",
                    severity: .warning, effect: .refusesPackage))
        }
        if style == .eventTicket, roles.contains(.strip), !roles.isDisjoint(with: [.background, .thumbnail]) {
            warnings.append(
                PassFault(
                    pointer("strip.png"), "An event ticket shows either strip.png or background.png and thumbnail.png.",
                    "Remove one of the two.", severity: .warning))
        }
        let schemes = pass["preferredStyleSchemes"]?.arrayValue?.compactMap(\.stringValue) ?? []
        if schemes.contains(SchemeRules.poster), roles.isDisjoint(with: [.artwork, .background]) {
            warnings.append(
                PassFault(
                    pointer("artwork.png"), "A poster event ticket needs artwork.png or background.png.",
                    "Add one of them; until then phones show the plain style.", severity: .warning,
                    effect: .showsPlainStyle))
        }
        return warnings
    }

    private static func warning(
        _ file: ImageFile, _ reason: String, _ remedy: String, effect: PhoneEffect = .ignores
    ) -> PassFault {
        PassFault(pointer(file.rawValue), reason, remedy, severity: .warning, effect: effect)
    }

    private static func pointer(_ file: String) -> JSONPointer {
        JSONPointer(tokens: ["images", file])
    }
}
