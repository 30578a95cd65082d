import Archive
import Foundation
import Testing

@Suite struct ZIPReaderTests {
    /// Archives that `Tests/Fixtures/archives/make.py` writes, by name.
    static let archives: [String: [UInt8]] = {
        // A failure leaves it empty, which the first test finds out.
        guard let directory = try? TemporaryDirectory(),
            let made = try? ExternalTool.run(
                "python3", DemoAuthority.repository.appending(path: "Tests/Fixtures/archives/make.py").path,
                directory.url.path), made.status == 0,
            let names = try? FileManager.default.contentsOfDirectory(atPath: directory.url.path)
        else { return [:] }
        var archives: [String: [UInt8]] = [:]
        for name in names {
            archives[name] = (try? Data(contentsOf: directory.url.appending(path: name))).map { Array($0) }
        }
        return archives
    }()

    static func names(_ prefix: String) -> [String] { archives.keys.filter { $0.hasPrefix(prefix) }.sorted() }

    private static let contents: [String: [UInt8]] = [
        "pass.json": Array(#"{"formatVersion":1}"#.utf8),
        "de.lproj/pass.strings": Array(String(repeating: "\"a\" = \"b\";\n", count: 200).utf8),
        "empty.txt": [], "größe.bin": (0..<40).flatMap { _ in Array(0...255) as [UInt8] },
    ]

    private static func read(_ bytes: [UInt8]) throws(ZIPReadError) -> [String: [UInt8]] {
        let reader = try ZIPReader(bytes)
        var files: [String: [UInt8]] = [:]
        for file in reader.files { files[file.path] = try reader.bytes(of: file) }
        return files
    }

    @Test("the fixtures are there")
    func fixtures() {
        #expect(Self.names("good").count == 10)
        #expect(Self.names("bad").count >= 50)
    }

    @Test(
        "reads stored and deflated files, folders, comments, extra fields and data descriptors",
        arguments: names("good"))
    func good(name: String) throws {
        let archive = try #require(Self.archives[name])
        #expect(ZIPReader.isArchive(archive))
        #expect(try Self.read(archive) == Self.contents)
    }

    @Test("refuses what is broken or could harm, and says which", arguments: names("bad"))
    func bad(name: String) throws {
        let archive = try #require(Self.archives[name])
        let wanted = name.split(separator: "-")[1]
        do {
            _ = try Self.read(archive)
            Issue.record("\(name) was read")
        } catch {
            let found = Mirror(reflecting: error).children.first?.label ?? "notAnArchive"
            #expect(found == wanted, "\(name): \(error)")
            #expect(error.description.utf8.count < 300)
            #expect(error.description.utf8.allSatisfy { $0 >= 0x20 })
        }
    }

    @Test("finds a file by its path, in the order of the directory")
    func order() throws {
        let reader = try ZIPReader(try #require(Self.archives["good-reversed.zip"]))
        #expect(reader.files.map(\.path) == ["größe.bin", "empty.txt", "de.lproj/pass.strings", "pass.json"])
        #expect(reader.file("pass.json")?.size == 19)
        #expect(reader.file("pass.json")?.isDeflated == true)
        #expect(reader.file("nothing") == nil)
    }

    @Test("reads what the writer wrote")
    func writer() throws {
        let entries = Self.contents.map { ZIPEntry(path: $0.key, bytes: $0.value) }
        #expect(try Self.read(ZIPWriter.archive(entries)) == Self.contents)
        #expect(try ZIPReader(ZIPWriter.archive([])).files.isEmpty)
    }

    @Test("holds an archive to the limits that it is given")
    func limits() throws {
        let archive = try ZIPWriter.archive([
            ZIPEntry(path: "a", bytes: [1, 2, 3]), ZIPEntry(path: "b", bytes: [1, 2, 3]),
        ])
        #expect(throws: ZIPReadError.tooManyFiles(limit: 1)) { try ZIPReader(archive, limits: ZIPLimits(files: 1)) }
        #expect(throws: ZIPReadError.fileTooLarge(path: "a", limit: 2)) {
            try ZIPReader(archive, limits: ZIPLimits(fileBytes: 2))
        }
        #expect(throws: ZIPReadError.archiveTooLarge(limit: 5)) {
            try ZIPReader(archive, limits: ZIPLimits(totalBytes: 5))
        }
    }

    @Test("survives an archive that is cut off anywhere, and any single byte being another")
    func mutilated() throws {
        let archive = try #require(Self.archives["good-folders.zip"])
        for end in archive.indices { _ = try? Self.read(Array(archive[..<end])) }
        for index in archive.indices {
            var changed = archive
            changed[index] ^= 0xFF
            _ = try? Self.read(changed)
        }
    }
}
