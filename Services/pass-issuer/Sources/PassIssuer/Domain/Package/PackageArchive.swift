import Archive

/// A package that somebody made, unpacked.
struct PackageArchive: Sendable {
    /// The folder in which the files stand instead of at the root, with its slash; empty in a sound package.
    let folder: String
    /// The paths of the files, as seen from there, in the order of the archive.
    let paths: [String]
    /// What operating systems leave behind, and what stands beside the folder.
    let junk: [String]

    private let files: [String: [UInt8]]

    /// Unpacks an archive within limits, which fit a pass unless the caller has others.
    init(_ bytes: [UInt8], limits: ZIPLimits = ZIPLimits()) throws(ZIPReadError) {
        let reader = try ZIPReader(bytes, limits: limits)
        let all = reader.files.filter { !Self.isJunk($0.path) }
        let folder = Self.folder(of: all.map(\.path))
        var files: [String: [UInt8]] = [:]
        var paths: [String] = []
        for file in all where file.path.hasPrefix(folder) {
            let path = String(file.path.dropFirst(folder.count))
            files[path] = try reader.bytes(of: file)
            paths.append(path)
        }
        self.folder = folder
        self.paths = paths
        self.files = files
        junk = reader.files.map(\.path).filter { Self.isJunk($0) || !$0.hasPrefix(folder) }
    }

    /// A file's bytes; nil when there is none.
    func file(_ path: String) -> [UInt8]? { files[path] }

    /// How many bytes the files have together.
    var unpackedBytes: Int { files.values.reduce(0) { $0 + $1.count } }

    /// The packages inside, in the order of the archive; only a bundle (`.pkpasses`) has some.
    var packages: [String] {
        file("pass.json") == nil ? paths.filter { $0.lowercased().hasSuffix(".pkpass") } : []
    }

    /// A lone folder that holds a pass.json, when there is none at the root.
    private static func folder(of paths: [String]) -> String {
        guard !paths.contains("pass.json") else { return "" }
        let folders = paths.filter { $0.hasSuffix("/pass.json") }.map { $0.dropLast("pass.json".count) }
        return folders.count == 1 ? String(folders[0]) : ""
    }

    private static func isJunk(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        guard let name = parts.last else { return false }
        return parts.first == "__MACOSX" || name.hasPrefix("._")
            || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(name)
    }
}
