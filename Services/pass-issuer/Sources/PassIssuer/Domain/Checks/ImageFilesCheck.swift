import Contracts
import JSON

/// The pictures of a package: PNG, of their roles' sizes, and those that phones need.
enum ImageFilesCheck {
    static func check(_ archive: PackageArchive, _ pass: JSONObject?, _ findings: inout [Finding]) {
        var images: [ImageFile: PNGImage] = [:]
        for path in archive.paths {
            guard let file = ImageFile(rawValue: path), let bytes = archive.file(path) else { continue }
            do throws(ImageFault) {
                images[file] = try ImageCheck.image(bytes, as: file)
            } catch {
                findings.append(imageFinding(error, path))
                images[file] = PNGImage.size(of: bytes)
            }
        }
        checkIcons(Set(archive.paths), &findings)
        for fault in ImageCheck.warnings(about: images, of: pass ?? JSONObject())
        where fault.pointer.tokens.last != "icon.png" {
            findings.append(Finding(.warning, fault.pointer.tokens.last, fault.reason, fault.effect, fault.remedy))
        }
    }

    private static func imageFinding(_ fault: ImageFault, _ path: String) -> Finding {
        switch fault {
        case .tooManyBytes, .tooManyPixels:
            Finding(.warning, path, fault.reason, .loadsSlowly, fault.remedy)
        case .notPNG, .truncated, .malformed:
            Finding(.error, path, fault.reason, .refusesOrLeavesOut, fault.remedy)
        }
    }

    private static func checkIcons(_ paths: Set<String>, _ findings: inout [Finding]) {
        let icons = ["icon.png", "icon@2x.png", "icon@3x.png"]
        let present = icons.filter(paths.contains)
        guard !present.isEmpty else {
            findings.append(
                Finding(.error, "icon.png", "icon.png is missing.", .refusesPackage, "Add icon.png, and @2x and @3x."))
            return
        }
        for icon in icons where !paths.contains(icon) {
            findings.append(
                Finding(
                    icon == "icon.png" ? .warning : .information, icon, "\(icon) is missing; phones scale another one.",
                    .showsAnyway, "Add \(icon)."))
        }
    }
}
