import Glibc

/// A directory of its own that goes with its last use.
struct TemporaryDirectory: ~Copyable {
    let path: String
    private var names: [String] = []

    init() throws(PhoneRefusal) {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/iphone-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .unusable("cannot create a directory in \(base)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// A path for a file of that name, which is removed with the directory.
    mutating func file(_ name: String) -> String {
        names.append(name)
        return "\(path)/\(name)"
    }

    /// Writes a file and gives its path.
    mutating func write(_ bytes: [UInt8], as name: String) throws(PhoneRefusal) -> String {
        let path = file(name)
        try Files.write(bytes, to: path)
        return path
    }
}
