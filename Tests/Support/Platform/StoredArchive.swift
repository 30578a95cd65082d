import JSON

/// The files of a ZIP archive without compression, in which the services send packages.
///
/// Quick and trusting, for loops that fetch hundreds; whether packages are right is judged by other programs elsewhere.
struct StoredArchive {
    private(set) var files: [String: [UInt8]] = [:]

    /// nil when a local header is not as expected.
    init?(_ bytes: [UInt8]) {
        func number(_ offset: Int, _ count: Int) -> Int {
            (0..<count).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
        }
        var offset = 0
        // A local file header is 30 bytes and begins with 0x04034b50 (APPNOTE 4.3.7); the directory follows the last.
        while offset + 30 <= bytes.count, number(offset, 4) == 0x0403_4b50 {
            let size = number(offset + 18, 4)
            let name = offset + 30
            let content = name + number(offset + 26, 2) + number(offset + 28, 2)
            guard number(offset + 8, 2) == 0, content + size <= bytes.count else { return nil }
            let path = String(decoding: bytes[name..<name + number(offset + 26, 2)], as: UTF8.self)
            files[path] = Array(bytes[content..<content + size])
            offset = content + size
        }
    }
}
