import Contracts
import JSON

/// personalization.json: Apple's rewards enrolment.
enum PersonalizationCheck {
    static let file = PersonalizationFile.path

    static func check(_ archive: PackageArchive, _ pass: JSONObject?, _ findings: inout [Finding]) {
        guard let bytes = archive.file(file) else {
            for path in archive.paths where ImageFile(rawValue: path)?.role == .personalizationLogo {
                findings.append(
                    Finding(.warning, path, "There is no \(file) that would show it.", .ignores, "Remove the image."))
            }
            return
        }
        guard let content = ContentCheck.read(bytes, file, &findings) else { return }
        let (_, faults) = PersonalizationFile.read(content)
        for fault in faults { findings.append(Finding(fault, in: file, dropping: 0)) }
        if pass?["nfc"] == nil {
            findings.append(
                Finding(
                    .error, file, "Rewards enrolment works with NFC passes only, and the pass has no \"nfc\".",
                    .ignores,
                    "Add \"nfc\" to pass.json, or remove \(file)."))
        }
        if !archive.paths.contains(where: { ImageFile(rawValue: $0)?.role == .personalizationLogo }) {
            findings.append(
                Finding(
                    .warning, "personalizationLogo.png", "The enrolment has no logo.", .showsAnyway,
                    "Add personalizationLogo@2x.png of 300 × 80 pixels."))
        }
    }
}
