import Contracts
import Foundation
import JSON
import Testing

@Suite struct GoldenMessageTests {
    @Test("decodes the golden bytes to the value, knowing each of their keys", arguments: GoldenMessages.all)
    func decodes(message: GoldenMessage) throws {
        let json = try JSON.parse(message.golden())
        let unknownKeys: UnknownKeys = message.closedObjects.isEmpty ? .ignored : .refused
        #expect(try message.decodes(json, unknownKeys))
    }

    @Test("encodes the value to the golden bytes", arguments: GoldenMessages.all)
    func encodes(message: GoldenMessage) throws {
        let golden = try message.golden()
        let pretty = try message.encoded().serializedPretty()
        #expect(String(decoding: pretty, as: UTF8.self) == String(decoding: golden, as: UTF8.self))
        #expect(try message.bytes() == JSON.parse(golden).serialized())
    }

    @Test("takes a message with keys of a later version, everywhere in it", arguments: GoldenMessages.all)
    func ignoresUnknownKeys(message: GoldenMessage) throws {
        var json = try JSON.parse(message.golden())
        for pointer in message.closedObjects + [""] {
            json = Self.adding("keyOfTomorrow", to: json, at: try #require(JSONPointer(pointer)))
        }
        #expect(json["keyOfTomorrow"] != nil)
        #expect(try message.decodes(json, .ignored))
    }

    @Test(
        "names every unknown key of a strict reading at once",
        arguments: GoldenMessages.all.filter { !$0.closedObjects.isEmpty })
    func refusesUnknownKeys(message: GoldenMessage) throws {
        var json = try JSON.parse(message.golden())
        for pointer in message.closedObjects {
            json = Self.adding("nmae", to: json, at: try #require(JSONPointer(pointer)))
        }
        let failure = try #require(throws: JSONDecodingFailure.self) { try message.decodes(json, .refused) }
        #expect(Set(failure.faults.map(\.pointer.description)) == Set(message.closedObjects.map { "\($0)/nmae" }))
        #expect(failure.faults.allSatisfy { $0.detail == "unknown key" })
    }

    @Test("has a value for each golden file")
    func coversFiles() throws {
        let files = try FileManager.default.subpathsOfDirectory(atPath: GoldenMessage.folder.path)
            .filter { $0.hasSuffix(".json") }
        #expect(Set(files) == Set(GoldenMessages.all.map { "\($0.file).json" }))
        #expect(files.count == GoldenMessages.all.count)
    }

    @Test("has a golden value of each message, or of one that holds it")
    func coversMessages() throws {
        func sources(of folder: URL, _ beginning: String = "") throws -> String {
            try FileManager.default.subpathsOfDirectory(atPath: folder.path)
                .filter { $0.hasSuffix(".swift") && $0.hasPrefix(beginning) }
                .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
        }
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let known = try sources(of: tests, "GoldenMessages+")
        let contracts = try sources(of: tests.appending(path: "../../../Libraries/Contracts").standardized)
        let messages = contracts.matches(of: #/public struct (\w+)[^{\n]*Codable/#).map { String($0.output.1) }
        #expect(messages.count > 50)
        // An overview's golden value holds its totals, which it adds up itself.
        #expect(messages.filter { !known.contains($0) } == ["ActivityTotals"])
    }

    /// The value with one more member in the object at a pointer.
    private static func adding(_ key: String, to value: JSONValue, at pointer: JSONPointer) -> JSONValue {
        guard let first = pointer.tokens.first else {
            guard case .object(var object) = value else { return value }
            object[key] = true
            return .object(object)
        }
        let rest = JSONPointer(tokens: Array(pointer.tokens.dropFirst()))
        switch value {
        case .object(var object):
            object[first] = object[first].map { adding(key, to: $0, at: rest) }
            return .object(object)
        case .array(var elements):
            guard let index = Int(first), elements.indices.contains(index) else { return value }
            elements[index] = adding(key, to: elements[index], at: rest)
            return .array(elements)
        case .null, .bool, .number, .string:
            return value
        }
    }
}
