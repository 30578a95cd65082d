import Contracts

/// Files of a package that phones have no use for.
enum ForeignFilesCheck {
    static func check(_ archive: PackageArchive, _ findings: inout [Finding]) {
        let known: Set<String> = ["pass.json", "manifest.json", "signature", PersonalizationFile.path]
        for path in archive.paths
        where !known.contains(path) && ImageFile(rawValue: path) == nil && !path.hasSuffix("pass.strings") {
            findings.append(
                Finding(
                    .information, path, "\(path) is no file that phones know.", .ignores,
                    "Check its name, which is told apart by case, or leave it out."))
        }
    }
}
