import Cryptography
import JSON

/// manifest.json: the SHA-1 of every file, and of no others.
enum ManifestCheck {
    static let file = "manifest.json"
    private static let unlisted: Set<String> = [file, "signature"]

    static func check(_ archive: PackageArchive, _ findings: inout [Finding]) {
        guard let bytes = archive.file(file), let manifest = read(bytes, &findings) else { return }
        let paths = Set(archive.paths + archive.junk)
        for (path, value) in manifest {
            if unlisted.contains(path) {
                add(
                    .error, path, "The manifest lists \(path), which can't hold its own digest.", "Remove it.",
                    &findings)
            } else if !paths.contains(path), !path.hasSuffix("/") {
                add(
                    .error, path, "The manifest lists \(path), which is not there.", "Make the manifest last.",
                    &findings)
            } else if value.stringValue == nil {
                add(.error, path, "The digest of \(path) is no text.", "Write 40 hexadecimal digits.", &findings)
            }
        }
        for path in archive.paths where !unlisted.contains(path) {
            check(path, archive, manifest[path]?.stringValue, isListed: manifest[path] != nil, &findings)
        }
    }

    private static func read(_ bytes: [UInt8], _ findings: inout [Finding]) -> JSONObject? {
        do {
            guard let object = try JSON.parse(bytes).objectValue else {
                add(.error, nil, "The manifest is no JSON object.", "Write {\"icon.png\":\"…\"}.", &findings)
                return nil
            }
            return object
        } catch {
            add(.error, nil, "The manifest is no JSON: \(error).", "Write it with a JSON library.", &findings)
            return nil
        }
    }

    private static func check(
        _ path: String, _ archive: PackageArchive, _ digest: String?, isListed: Bool, _ findings: inout [Finding]
    ) {
        guard isListed else {
            return add(
                .error, path, "The manifest does not list \(path).", "List every file but manifest.json and signature.",
                &findings)
        }
        guard let digest, let bytes = archive.file(path) else { return }
        let sha1 = Hex.encode(SHA1.digest(bytes))
        if digest == sha1 { return }
        if digest.lowercased() == sha1 {
            add(.warning, path, "The digest of \(path) is in capitals.", "Write it in lower case.", &findings)
        } else if digest.lowercased() == Hex.encode(SHA256.digest(bytes)) {
            add(.error, path, "The digest of \(path) is a SHA-256.", "Manifests hold SHA-1 digests.", &findings)
        } else {
            add(
                .error, path, "\(path) is not the file that the manifest lists: its SHA-1 is another.",
                "Change no file after the manifest was made; make and sign it anew.", &findings)
        }
    }

    private static func add(
        _ severity: Finding.Severity, _ path: String?, _ reason: String, _ remedy: String,
        _ findings: inout [Finding]
    ) {
        findings.append(
            Finding(
                severity, file, reason, severity == .error ? .refusesPackage : .unknown, remedy,
                at: path.map { JSONPointer(tokens: [$0]) }))
    }
}
