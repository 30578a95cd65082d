import JSON

/// A package that the phone has examined and would show.
public struct PassPackage: Sendable {
    /// What pass.json says of the pass itself.
    public let pass: PassIdentity
    /// pass.json as it came.
    public let content: JSONValue
    /// The paths of all files, in the order of the archive.
    public let paths: [String]
    /// manifest.json as it came: two packages with the same one are the same pass.
    let manifest: [UInt8]
    /// The whole package.
    public let bytes: [UInt8]

    /// Examines a package as a phone does before it offers to add it: archive, manifest, signature, pass.json, icon.
    ///
    /// - Parameters:
    ///   - authorities: a PEM file of the root certificates to believe; nil leaves the chain unchecked.
    ///   - allowsHTTP: whether a web service may be plain http, which a phone allows by a developer setting.
    public init(_ bytes: [UInt8], authorities: String?, allowsHTTP: Bool) async throws(PhoneRefusal) {
        let archive = try ZIPArchive(bytes)
        let files = Dictionary(archive.files.map { ($0.path, $0.bytes) }) { first, _ in first }
        guard let manifest = files["manifest.json"] else { throw .notAPackage("there is no manifest.json at its root") }
        guard let signature = files["signature"] else { throw .notAPackage("there is no signature at its root") }
        guard let passJSON = files["pass.json"] else { throw .notAPackage("there is no pass.json at its root") }

        try await Self.check(manifest: manifest, against: archive.files)
        let signer = try await OpenSSL.signer(of: manifest, signature: signature, authorities: authorities)

        do { content = try JSON.parse(passJSON) } catch { throw .content("it is no JSON: \(error)") }
        pass = try PassIdentity(passJSON: content, allowsHTTP: allowsHTTP)
        try PassContentRules.check(content)
        guard signer.passTypeIdentifier == pass.passTypeIdentifier else {
            throw .signature("its certificate is of \(signer.passTypeIdentifier ?? "no pass type")")
        }
        guard signer.teamIdentifier == pass.teamIdentifier else {
            throw .signature("its certificate is of the team \(signer.teamIdentifier ?? "of nobody")")
        }
        guard files["icon.png"] != nil else { throw .content("icon.png is missing") }

        paths = archive.files.map(\.path)
        self.manifest = manifest
        self.bytes = bytes
    }

    private static func check(
        manifest: [UInt8], against files: [ZIPArchive.File]
    ) async throws(PhoneRefusal) {
        let entries: JSONValue
        do { entries = try JSON.parse(manifest) } catch { throw .manifest("it is no JSON: \(error)") }
        guard let object = entries.objectValue else { throw .manifest("it is no JSON object") }
        let listed = files.filter { $0.path != "manifest.json" && $0.path != "signature" }
        let paths = Set(listed.map(\.path))
        for (path, _) in object where !paths.contains(path) { throw .manifest("it lists \(path), which is not there") }
        let digests = try await OpenSSL.sha1(listed.map(\.bytes))
        for (file, digest) in zip(listed, digests) {
            guard let wanted = object[file.path]?.stringValue else { throw .manifest("it does not list \(file.path)") }
            guard wanted == digest else { throw .manifest("\(file.path) is not the file it lists") }
        }
    }
}
