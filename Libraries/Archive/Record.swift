/// The records of an archive (APPNOTE §4.3.7, §4.3.12, §4.3.16).
enum Record {
    static let localLength = 30
    static let centralLength = 46
    static let endLength = 22

    /// 1980-01-01 00:00, the first instant that DOS can name: two archives of the same files are the same bytes.
    private static let time: UInt16 = 0
    private static let date: UInt16 = 1 << 5 | 1
    private static let versionNeeded: UInt16 = 10
    /// Made on Unix, so that the permissions below count.
    private static let versionMade: UInt16 = 3 << 8 | 20
    /// A regular file that its owner may write and everyone read.
    private static let attributes: UInt32 = 0o100644 << 16
    private static let utf8Path: UInt16 = 1 << 11

    static func appendLocal(_ entry: ZIPEntry, to output: inout [UInt8]) {
        append(UInt32(0x0403_4B50), to: &output)
        appendCommon(entry, to: &output)
        output.append(contentsOf: entry.path.utf8)
    }

    static func appendCentral(_ entry: ZIPEntry, offset: UInt32, to output: inout [UInt8]) {
        append(UInt32(0x0201_4B50), to: &output)
        append(versionMade, to: &output)
        appendCommon(entry, to: &output)
        append(UInt16(0), to: &output)  // comment
        append(UInt16(0), to: &output)  // disk
        append(UInt16(0), to: &output)  // internal attributes
        append(attributes, to: &output)
        append(offset, to: &output)
        output.append(contentsOf: entry.path.utf8)
    }

    static func appendEnd(count: UInt16, directory: UInt32, to output: inout [UInt8]) {
        let length = UInt32(output.count) - directory
        append(UInt32(0x0605_4B50), to: &output)
        append(UInt16(0), to: &output)  // this disk
        append(UInt16(0), to: &output)  // the directory's disk
        append(count, to: &output)
        append(count, to: &output)
        append(length, to: &output)
        append(directory, to: &output)
        append(UInt16(0), to: &output)  // comment
    }

    private static func appendCommon(_ entry: ZIPEntry, to output: inout [UInt8]) {
        let isASCII = entry.path.utf8.allSatisfy { $0 < 0x80 }
        append(versionNeeded, to: &output)
        append(isASCII ? 0 : utf8Path, to: &output)
        append(UInt16(0), to: &output)  // stored
        append(time, to: &output)
        append(date, to: &output)
        append(entry.crc32, to: &output)
        append(UInt32(entry.bytes.count), to: &output)
        append(UInt32(entry.bytes.count), to: &output)
        append(UInt16(entry.path.utf8.count), to: &output)
        append(UInt16(0), to: &output)  // extra field
    }

    private static func append(_ value: some FixedWidthInteger, to output: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { output.append(contentsOf: $0) }
    }
}
