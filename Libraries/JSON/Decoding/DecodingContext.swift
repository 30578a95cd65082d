/// What all decoders of one document share.
final class DecodingContext {
    private let root: JSONPointer
    private let unknownKeys: UnknownKeys
    private(set) var unknown: [JSONDecodingFailure.Fault] = []
    private var reported: Set<JSONPointer> = []

    init(root: JSONPointer, unknownKeys: UnknownKeys) {
        self.root = root
        self.unknownKeys = unknownKeys
    }

    /// Takes note of the keys that a type does not know.
    func check<Key: CodingKey>(_ object: JSONObject, for type: Key.Type, at path: CodingPath) {
        guard unknownKeys == .refused else { return }
        for (key, _) in object where Key(stringValue: key) == nil {
            let pointer = pointer(to: path.codingPath).appending(key)
            // A type may ask for the same container twice.
            guard reported.insert(pointer).inserted else { continue }
            unknown.append(JSONDecodingFailure.Fault(pointer: pointer, detail: "unknown key"))
        }
    }

    /// The faults that an error speaks of; throws an error that is of neither this library's nor the language's kinds.
    func faults(for error: any Error) throws -> [JSONDecodingFailure.Fault] {
        switch error {
        case let error as DecodingError: [fault(for: error)]
        case let error as JSONDecodingFailure: error.faults
        case let error as CollectedErrors: try error.errors.flatMap(faults(for:))
        default: throw error
        }
    }

    private func fault(for error: DecodingError) -> JSONDecodingFailure.Fault {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            .init(pointer: pointer(to: context.codingPath), detail: context.debugDescription)
        case .keyNotFound(let key, let context):
            .init(pointer: pointer(to: context.codingPath + [key]), detail: "a required key is missing")
        @unknown default:
            .init(pointer: root, detail: "the value does not have the expected shape")
        }
    }

    private func pointer(to codingPath: [any CodingKey]) -> JSONPointer {
        root.appending(JSONPointer(tokens: codingPath.map(\.stringValue)))
    }
}
