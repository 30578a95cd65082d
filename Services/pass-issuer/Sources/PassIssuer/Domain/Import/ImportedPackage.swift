import Contracts
import JSON

/// A package taken apart: what a campaign is made of, and what there is to say about it.
struct ImportedPackage: Sendable {
    /// pass.json's content without the keys that name a pass; no text of it is a token.
    var pass: JSONObject
    /// Texts by language; nil when the package was a bare pass.json.
    var localizations: JSONObject?
    /// The pictures, byte for byte; nil when the package was a bare pass.json.
    var images: [ImageFile: [UInt8]]?
    /// Apple's rewards enrolment.
    var personalization: Personalization?
    /// What was repaired, left out, or is odd: sentences for `warnings`.
    var notes: [String]

    /// How the campaign could be called.
    var name: String? {
        guard let description = pass["description"]?.stringValue else { return nil }
        let line = description.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(200)
        return AdministrationText.isName(String(line)) ? String(line) : nil
    }
}
