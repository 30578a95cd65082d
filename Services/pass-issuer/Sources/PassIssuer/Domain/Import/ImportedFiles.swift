import Contracts
import JSON

/// The files of a package beside pass.json.
struct ImportedFiles: Sendable {
    /// The pictures, byte for byte.
    private(set) var images: [ImageFile: [UInt8]] = [:]
    /// Texts by language, as phones read them.
    private(set) var localizations = JSONObject()
    private(set) var personalization: Personalization?
    /// What there is to say about them.
    private(set) var notes: [String] = []
    /// How many bytes the translations have when we write them.
    private(set) var stringsSize = 0

    private static let ours: Set<String> = ["pass.json", "manifest.json", "signature"]

    /// Goes through a package.
    init(_ archive: PackageArchive) {
        var dropped = archive.junk
        for path in archive.paths where !Self.ours.contains(path) {
            guard let bytes = archive.file(path) else { continue }
            if let file = ImageFile(rawValue: path) {
                add(bytes, as: file)
            } else if let language = Self.language(of: path) {
                add(strings: bytes, path, language)
            } else if path == PersonalizationFile.path {
                add(personalization: bytes)
            } else {
                dropped.append(path)
            }
        }
        if !dropped.isEmpty {
            notes.append("Files of no known role were dropped: \(PackageImport.list(dropped)).")
        }
    }

    private mutating func add(_ bytes: [UInt8], as file: ImageFile) {
        images[file] = bytes
        do throws(ImageFault) {
            _ = try ImageCheck.image(bytes, as: file)
        } catch {
            notes.append("\(file): \(error.detail) It was kept as it is.")
        }
    }

    /// The folder of a file of strings, when its name is one that phones know.
    private static func language(of path: String) -> String? {
        let suffix = ".lproj/pass.strings"
        guard path.hasSuffix(suffix) else { return nil }
        let language = String(path.dropLast(suffix.count))
        // The rule of localised images, so that texts and pictures of a language share a folder again.
        return ImageFile(role: .icon, scale: 1, language: language) == nil ? nil : language
    }

    private mutating func add(strings bytes: [UInt8], _ path: String, _ language: String) {
        do throws(StringsFault) {
            let content = try StringsFile.read(bytes)
            var escaping = BraceEscaping()
            let translations = escaping.escaped(content.translations)
            localizations[language] = .object(translations)
            stringsSize += StringsFile.bytes(translations).count
            notes += content.repairs.map { "\(path) was repaired: \($0)" } + escaping.notes(in: path)
        } catch {
            notes.append("\(path) was dropped: phones can't read it either (\(error)).")
        }
    }

    private mutating func add(personalization bytes: [UInt8]) {
        let path = PersonalizationFile.path
        guard let content = (try? TolerantJSON(parsing: bytes))?.value.objectValue else {
            notes.append("\(path) was dropped: it is no JSON object.")
            return
        }
        let (read, faults) = PersonalizationFile.read(content)
        personalization = read
        notes += faults.map { "\(path)\($0.description)" }
        notes.append(
            read == nil
                ? "\(path) was dropped: without a description and fields it asks for nothing."
                : "\(path) became `personalization`.")
    }
}
