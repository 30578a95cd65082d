import Contracts
import Foundation
import HTTPTypes
import JSON
import Testing

/// A message as it stands in `Tests/Fixtures/contracts` and as a Swift value, each written by hand.
struct GoldenMessage: Sendable, CustomTestStringConvertible {
    /// The file's path below the fixtures, without its ending.
    let file: String
    /// The objects of the message whose keys are known, all of them; others take any key.
    let closedObjects: [String]
    /// Reads JSON as the message and says whether it is the Swift value.
    let decodes: @Sendable (JSONValue, UnknownKeys) throws -> Bool
    /// The Swift value as JSON.
    let encoded: @Sendable () throws -> JSONValue
    /// The Swift value as bytes.
    let bytes: @Sendable () throws -> [UInt8]

    /// Pairs a file with a value.
    init<Message: Codable & Equatable & Sendable>(
        _ file: String, closed closedObjects: [String] = [""], _ value: @escaping @Sendable () throws -> Message
    ) {
        self.file = file
        self.closedObjects = closedObjects
        decodes = { json, unknownKeys in
            try JSON.decode(Message.self, from: json, unknownKeys: unknownKeys) == value()
        }
        encoded = { try JSON.encodeToValue(value()) }
        bytes = { try JSON.encode(value()) }
    }

    var testDescription: String { file }

    /// The file's bytes.
    func golden() throws -> [UInt8] {
        Array(try Data(contentsOf: Self.folder.appending(path: "\(file).json")))
    }

    /// The fixtures of contracts.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/contracts", directoryHint: .isDirectory)
}

/// An identifier of the type that the place asks for.
func id<Value: Identifier>(_ text: String) throws -> Value {
    try #require(Value(rawValue: text))
}

/// An instant.
func instant(_ text: String) throws -> Instant {
    try #require(Instant(rfc3339: text))
}

/// A number as written.
func number(_ text: String) throws -> JSONValue {
    .number(try #require(JSONNumber(text: text)))
}

/// Armoured text.
func pem(_ label: String, _ content: String) -> String {
    "-----BEGIN \(label)-----\n\(content)\n-----END \(label)-----\n"
}
