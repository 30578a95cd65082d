/// Lets a type's `init(from:)` go on after a fault, so that all faults of its members are reported at once.
public struct FaultCollector {
    private var errors: [any Error] = []

    /// Makes a collector without faults.
    public init() {}

    /// What was decoded, or nil after a fault, which is kept.
    public mutating func collect<Value>(_ decode: () throws -> Value) -> Value? {
        do {
            return try decode()
        } catch {
            errors.append(error)
            return nil
        }
    }

    /// Whether anything failed.
    public var hasFaults: Bool { !errors.isEmpty }

    /// What to throw when anything failed; `JSON.decode` makes one failure of it.
    public var failure: any Error {
        if let first = errors.first, errors.count == 1 { return first }
        return CollectedErrors(errors: errors)
    }
}

/// Several errors of one value.
struct CollectedErrors: Error {
    let errors: [any Error]
}
