import Archive
import Bytes
import Foundation
import Testing

@Suite struct ZIPWriterTests {
    private static let entries = [
        ZIPEntry(path: "pass.json", bytes: Array(#"{"formatVersion":1}"#.utf8)),
        ZIPEntry(path: "de.lproj/pass.strings", bytes: Array("\"a\" = \"ä\";\n".utf8)),
        ZIPEntry(path: "leer.txt", bytes: []),
        ZIPEntry(path: "größe/ключ.bin", bytes: (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }),
    ]

    private func file(_ entries: [ZIPEntry]) throws -> (directory: TemporaryDirectory, path: String) {
        let directory = try TemporaryDirectory()
        return (directory, try directory.write(ZIPWriter.archive(entries), to: "a.zip"))
    }

    @Test("the checksum is the standard's")
    func checksum() {
        #expect(CRC32.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(CRC32.checksum([]) == 0)
    }

    @Test("unzip finds no fault in an archive")
    func unzip() throws {
        let archive = try file(Self.entries)
        let tested = try ExternalTool.run("unzip", "-t", archive.path)
        #expect(tested.status == 0, "\(tested.text)")
        #expect(tested.text.contains("No errors detected"))
    }

    @Test("Python reads paths, bytes and order of an archive, and the fixed time")
    func python() throws {
        let archive = try file(Self.entries)
        let script = """
            import sys, zipfile
            with zipfile.ZipFile(sys.argv[1]) as archive:
                assert archive.testzip() is None
                for entry in archive.infolist():
                    print(entry.filename, archive.read(entry).hex(), entry.date_time, entry.compress_type,
                          oct(entry.external_attr >> 16), sep="|")
            """
        let read = try ExternalTool.run("env", "PYTHONIOENCODING=utf-8", "python3", "-c", script, archive.path)
        let lines = Self.entries.map { entry in
            let hex = entry.bytes.bytes.map { String(format: "%02x", $0) }.joined()
            return "\(entry.path)|\(hex)|(1980, 1, 1, 0, 0, 0)|0|0o100644\n"
        }
        #expect(read.text == lines.joined(), "\(read.errors)")
    }

    @Test("unzip unpacks the bytes that went in")
    func unpack() throws {
        let archive = try file(Self.entries)
        let unpacked = try ExternalTool.run("unzip", "-p", archive.path, "de.lproj/pass.strings")
        #expect(unpacked.output == Self.entries[1].bytes.bytes)
    }

    @Test("the size is known before the archive is written")
    func size() throws {
        var writer = ZIPWriter()
        #expect(writer.archive().count == writer.size)
        for entry in Self.entries {
            try writer.add(entry)
            #expect(writer.archive().count == writer.size)
        }
    }

    @Test("the same files in the same order are the same bytes")
    func deterministic() throws {
        #expect(try ZIPWriter.archive(Self.entries) == ZIPWriter.archive(Self.entries))
        #expect(try ZIPWriter.archive(Self.entries) != ZIPWriter.archive(Self.entries.reversed()))
    }

    @Test(
        "what follows files that archives share makes the same archive as all files at once",
        arguments: 0...entries.count)
    func beginning(count: Int) throws {
        let beginning = try ZIPBeginning(Array(Self.entries[..<count]))
        var writer = ZIPWriter(behind: beginning)
        for entry in Self.entries[count...] { try writer.add(entry) }
        let whole = beginning.bytes.bytes + writer.archive().bytes
        #expect(whole.count == writer.size)
        #expect(try whole == ZIPWriter.archive(Self.entries))
    }

    @Test("refuses a second file of a path that stands in what archives share")
    func duplicateOfBeginning() throws {
        var writer = ZIPWriter(behind: try ZIPBeginning(Self.entries))
        #expect(throws: ZIPError.duplicatePath("pass.json")) {
            try writer.add(ZIPEntry(path: "pass.json", bytes: [1]))
        }
    }

    @Test("a known checksum is written as it was given")
    func knownChecksum() throws {
        let archive = try file([ZIPEntry(path: "a", bytes: SharedBytes([1, 2, 3]), crc32: 7)])
        let tested = try ExternalTool.run("unzip", "-t", archive.path)
        #expect(tested.text.contains("bad CRC"))
    }

    @Test(
        "refuses paths that lead out of the archive or differ between systems",
        arguments: ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", ".", "./a", "a\\b", "C:a", "a\0b"])
    func unsafePaths(path: String) {
        #expect(throws: ZIPError.unsafePath(path)) { try ZIPWriter.archive([ZIPEntry(path: path, bytes: [])]) }
    }

    @Test("refuses a second file of the same path")
    func duplicates() {
        #expect(throws: ZIPError.duplicatePath("a")) {
            try ZIPWriter.archive([ZIPEntry(path: "a", bytes: [1]), ZIPEntry(path: "a", bytes: [2])])
        }
    }

    @Test("refuses more files than the format can count")
    func tooMany() throws {
        var writer = ZIPWriter()
        for number in 0..<65_535 { try writer.add(ZIPEntry(path: "\(number)", bytes: SharedBytes([]), crc32: 0)) }
        #expect(throws: ZIPError.tooLarge) { try writer.add(ZIPEntry(path: "one more", bytes: [])) }
    }
}
