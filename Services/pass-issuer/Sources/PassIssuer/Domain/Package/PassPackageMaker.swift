import Archive
import Bytes
import Contracts
import Cryptography
import JSON

/// Makes signed packages; what a campaign version's passes share is computed before.
///
/// The bytes are a function of content, identity and instant, but for the signature when the key's algorithm is random.
struct PassPackageMaker: Sendable {
    /// The largest package that is made: a limit of ours, Apple names none.
    static let maximumBytes = 5_000_000

    /// The images and translations of the campaign version.
    let assets: CampaignAssets
    /// Signs with the pass certificate.
    let signer: CMSSigner
    /// Measure signatures; nil when nobody watches.
    var instruments: SigningInstruments?

    /// The package of a pass.
    /// - Parameters:
    ///   - asksOwner: whether it asks its owner to fill in the form.
    ///   - seconds: the signing time, since 1970.
    func package(
        _ content: PassContent, identity: PassIdentity, voided: Bool = false, asksOwner: Bool = false, at seconds: Int
    ) throws(PackageFault) -> PassPackage {
        let passJSON = JSONValue.object(content.passJSON(identity: identity, voided: voided)).serialized()
        let files = files(passJSON, content.localizations, asksOwner: asksOwner)
        let size = files.reduce(assets.beginning.bytes.count) { $0 + $1.entry.bytes.count }
        guard size <= Self.maximumBytes else { throw .tooLarge(size) }
        let manifest = Self.manifest((assets.lines + files.map(\.line)).sorted(by: ManifestLine.precedes))
        return whole(try archive(files, manifest, try signature(of: manifest, at: seconds)))
    }

    /// The package whose own part was kept.
    func whole(_ own: SharedBytes) -> PassPackage {
        PassPackage(beginning: assets.beginning.bytes, own: own)
    }

    /// The signature that Wallet wants before it takes a personalised pass: of such tokens, and never of other bytes, since
    /// whoever has a signature of a manifest has a pass of ours.
    func signature(of token: PersonalizationToken, at seconds: Int) throws(PackageFault) -> [UInt8] {
        try signature(of: Array(token.rawValue.utf8), at: seconds)
    }

    /// pass.json, this pass's own translations, and the form, in the order of their paths.
    private func files(
        _ passJSON: [UInt8], _ localizations: [(language: String, translations: JSONObject)], asksOwner: Bool
    ) -> [PackageFile] {
        var files = asksOwner ? assets.form : []
        files.append(PackageFile(path: "pass.json", bytes: passJSON))
        for (language, translations) in localizations {
            files.append(
                PackageFile(path: StringsFile.path(language: language), bytes: StringsFile.bytes(translations)))
        }
        files.sort(by: PackageFile.precedes)
        return files
    }

    private static func manifest(_ lines: [ManifestLine]) -> [UInt8] {
        var manifest: [UInt8] = []
        manifest.reserveCapacity(lines.reduce(2) { $0 + $1.bytes.count + 1 })
        manifest.append(UInt8(ascii: "{"))
        for (index, line) in lines.enumerated() {
            if index > 0 { manifest.append(UInt8(ascii: ",")) }
            manifest += line.bytes
        }
        manifest.append(UInt8(ascii: "}"))
        return manifest
    }

    private func signature(of bytes: [UInt8], at seconds: Int) throws(PackageFault) -> [UInt8] {
        do throws(CryptographyError) {
            guard let instruments else { return try signer.sign(bytes, at: seconds) }
            return try instruments.measure { () throws(CryptographyError) in try signer.sign(bytes, at: seconds) }
        } catch {
            throw .signature(error)
        }
    }

    private func archive(
        _ files: [PackageFile], _ manifest: [UInt8], _ signature: [UInt8]
    ) throws(PackageFault) -> SharedBytes {
        var writer = ZIPWriter(behind: assets.beginning)
        do throws(ZIPError) {
            for file in files { try writer.add(file.entry) }
            try writer.add(ZIPEntry(path: "manifest.json", bytes: manifest))
            try writer.add(ZIPEntry(path: "signature", bytes: signature))
        } catch {
            throw .archive(error)
        }
        guard writer.size <= Self.maximumBytes else { throw .tooLarge(writer.size) }
        return writer.archive()
    }
}
