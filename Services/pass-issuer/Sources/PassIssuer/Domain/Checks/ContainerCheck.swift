import Archive

/// The container of a package: an archive with its files at the root, and no others.
enum ContainerCheck {
    /// From how many bytes on a package loads slowly enough to be worth a word.
    static let largeBytes = PassPackageMaker.maximumBytes

    /// Opens a package, or says why phones can't.
    /// - Parameter budget: how many bytes may still be unpacked; what is taken is subtracted.
    static func open(_ bytes: [UInt8], within budget: inout Int, _ findings: inout [Finding]) -> PackageArchive? {
        do throws(ZIPReadError) {
            var limits = ZIPLimits()
            limits.totalBytes = min(limits.totalBytes, budget)
            let archive = try PackageArchive(bytes, limits: limits)
            budget -= archive.unpackedBytes
            return archive
        } catch {
            findings.append(
                Finding(
                    .error, nil, error.description, .refusesPackage,
                    "Make the archive anew: an ordinary ZIP of the files, stored or deflated, each once."))
            return nil
        }
    }

    /// Looks at which files there are.
    static func check(_ archive: PackageArchive, size: Int, _ findings: inout [Finding]) {
        if !archive.folder.isEmpty {
            findings.append(
                Finding(
                    .error, nil, "The files stand in the folder \(archive.folder) instead of at the root.",
                    .refusesPackage,
                    "Zip the files themselves, not their folder: cd \(archive.folder) && zip -r ../x.pkpass ."))
        }
        for name in ["pass.json", "manifest.json", "signature"] where archive.file(name) == nil {
            let twin = archive.paths.first { $0.lowercased() == name }
            findings.append(
                Finding(
                    .error, name,
                    twin.map { "\($0) stands where \(name) belongs; names are told apart by case." }
                        ?? "\(name) is missing.", .refusesPackage,
                    twin.map { "Rename \($0) to \(name)." } ?? "Add \(name) at the root of the archive."))
        }
        for path in archive.junk {
            findings.append(
                Finding(
                    .warning, path, "The operating system left this file in the package.", .refusesUnlisted,
                    "Leave it out: zip -X, and no .DS_Store or __MACOSX."))
        }
        if size > largeBytes {
            findings.append(
                Finding(
                    .warning, nil, "The package has \(size) bytes.", .loadsSlowly,
                    "Scale images to their nominal sizes; a few hundred kilobytes are usual."))
        }
    }
}
