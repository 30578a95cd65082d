import Archive
import Contracts
import JSON

/// Takes packages apart that somebody else made, losing nothing that a phone would show.
enum PackageImport {
    /// The largest body that is taken, in bytes.
    static let maximumBytes = 32 << 20
    /// So many names are told in one sentence.
    static let toldNames = 40

    /// Reads a `.pkpass`, the first package of a `.pkpasses`, or a bare pass.json.
    static func read(_ bytes: [UInt8]) throws(ImportFault) -> ImportedPackage {
        guard ZIPReader.isArchive(bytes) else {
            // A JSON text begins otherwise: what is neither is told as the archive that it should have been.
            guard isText(bytes) else { throw .archive(.notAnArchive) }
            return try package(bytes, notes: [])
        }
        let archive = try open(bytes)
        guard let first = archive.packages.first else { return try package(of: archive, notes: []) }
        var notes = ["The bundle's first package, \(shown(first)), was imported."]
        let others = archive.packages.dropFirst()
        if !others.isEmpty { notes.append("These packages of the bundle were left out: \(list(others)).") }
        return try package(of: open(archive.file(first) ?? []), notes: notes)
    }

    private static func open(_ bytes: [UInt8]) throws(ImportFault) -> PackageArchive {
        do throws(ZIPReadError) {
            return try PackageArchive(bytes)
        } catch {
            throw .archive(error)
        }
    }

    private static func package(of archive: PackageArchive, notes: [String]) throws(ImportFault) -> ImportedPackage {
        guard let passJSON = archive.file("pass.json") else { throw .noPass }
        var package = try package(passJSON, notes: notes)
        if !archive.folder.isEmpty {
            package.notes.append("The files stood in the folder \(shown(archive.folder)); they belong at the root.")
        }
        let files = ImportedFiles(archive)
        let size = files.images.values.reduce(passJSON.count) { $0 + $1.count } + files.stringsSize
        // Manifest, signature and the archive's own records come on top.
        guard size <= PassPackageMaker.maximumBytes - CampaignReview.reservedBytes else { throw .tooLarge(size) }
        package.images = files.images
        package.localizations = files.localizations
        package.personalization = files.personalization
        package.notes += files.notes
        return package
    }

    /// Reads pass.json itself.
    private static func package(_ bytes: [UInt8], notes: [String]) throws(ImportFault) -> ImportedPackage {
        var notes = notes
        let text = TextFile(bytes)
        if text.encoding != .utf8 {
            notes.append("pass.json was written in \(text.encoding.rawValue); it is UTF-8 now.")
        }
        let json: TolerantJSON
        do throws(JSONError) {
            json = try TolerantJSON(parsing: text.encoding == .utf8 ? bytes : Array(text.text.utf8))
        } catch {
            throw .malformedPass(error)
        }
        guard var pass = json.value.objectValue else { throw .noObject }
        notes += json.repairs.map { "pass.json was repaired, \($0)." }
        let identity = PassKeys.identity.filter { pass.removeValue(forKey: $0) != nil }
        if !identity.isEmpty {
            notes.append(
                "\(identity.joined(separator: ", ")) \(identity.count == 1 ? "was" : "were") dropped: the platform writes "
                    + "\(identity.count == 1 ? "it" : "them") for each pass.")
        }
        var escaping = BraceEscaping()
        pass = escaping.escaped(pass)
        notes += escaping.notes(in: "pass.json")
        return ImportedPackage(pass: pass, personalization: nil, notes: notes)
    }

    /// Whether bytes can be JSON at all, byte-order marks and comments included.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        let text = TextFile(Array(bytes.prefix(4_096))).text
        let first = text.first { !$0.isWhitespace }
        return first == "{" || first == "[" || first == "/"
    }

    /// Names in a sentence: whoever made the archive chose them, their number and their length.
    static func list(_ names: some Collection<String>) -> String {
        let told = names.prefix(toldNames).map(shown).joined(separator: ", ")
        return names.count > toldNames ? "\(told) and \(names.count - toldNames) more" : told
    }

    /// A name in a sentence.
    static func shown(_ name: String) -> String {
        let plain = TerminalText.plain(name)
        return plain.count > 100 ? plain.prefix(100) + "…" : plain
    }
}
