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

    static func appendLocal(_ entry: ZIPEntry, to output: inout RecordOutput) {
        output.append(UInt32(0x0403_4B50))
        appendCommon(entry, to: &output)
        output.append(entry.path)
    }

    static func appendCentral(_ entry: ZIPEntry, offset: UInt32, to output: inout RecordOutput) {
        output.append(UInt32(0x0201_4B50))
        output.append(versionMade)
        appendCommon(entry, to: &output)
        output.append(UInt16(0))  // comment
        output.append(UInt16(0))  // disk
        output.append(UInt16(0))  // internal attributes
        output.append(attributes)
        output.append(offset)
        output.append(entry.path)
    }

    static func appendEnd(count: UInt16, directory: UInt32, length: UInt32, to output: inout RecordOutput) {
        output.append(UInt32(0x0605_4B50))
        output.append(UInt16(0))  // this disk
        output.append(UInt16(0))  // the directory's disk
        output.append(count)
        output.append(count)
        output.append(length)
        output.append(directory)
        output.append(UInt16(0))  // comment
    }

    private static func appendCommon(_ entry: ZIPEntry, to output: inout RecordOutput) {
        let isASCII = entry.path.utf8.allSatisfy { $0 < 0x80 }
        output.append(versionNeeded)
        output.append(isASCII ? 0 : utf8Path)
        output.append(UInt16(0))  // stored
        output.append(time)
        output.append(date)
        output.append(entry.crc32)
        output.append(UInt32(entry.bytes.count))
        output.append(UInt32(entry.bytes.count))
        output.append(UInt16(entry.path.utf8.count))
        output.append(UInt16(0))  // extra field
    }
}
