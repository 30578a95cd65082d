/// The paths of an archive's entries.
enum ZIPPath {
    /// The longest path that is taken, in bytes.
    static let longest = 1_024

    /// A path as text: UTF-8, or else Latin-1. Old tools write code page 437, but never for a name that a pass needs: it
    /// only has to be told apart from others.
    static func text(of name: ArraySlice<UInt8>) -> String {
        var rest = name
        // Some tools write each path as they were given it.
        while rest.starts(with: "./".utf8) { rest = rest.dropFirst(2) }
        return String(validating: rest, as: UTF8.self)
            ?? String(String.UnicodeScalarView(rest.map { Unicode.Scalar($0) }))
    }

    /// Whether a path stays inside of the archive and means the same on every system.
    static func isSafe(_ path: String) -> Bool {
        guard 1...longest ~= path.utf8.count,
            !path.utf8.contains(where: {
                $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: ":")
            })
        else { return false }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        // A folder ends in a slash.
        let names = parts.last == "" ? parts.dropLast() : parts[...]
        return !names.isEmpty && names.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }
}
