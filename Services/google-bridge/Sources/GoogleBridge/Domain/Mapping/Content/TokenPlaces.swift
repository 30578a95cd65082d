import JSON

/// The places of a message whose strings differ between passes.
struct TokenPlaces: Sendable {
    private let pointers: Set<String>
    private let tokens: [[String]]

    /// Takes JSON Pointers; what is none is left out.
    init(_ pointers: [String]) {
        self.pointers = Set(pointers)
        tokens = pointers.compactMap { JSONPointer($0)?.tokens }
    }

    /// Whether nothing differs.
    var isEmpty: Bool { pointers.isEmpty }

    /// Whether what stands at a place, or somewhere below it, differs; so does all that a token alone stands for.
    func vary(at pointer: JSONPointer) -> Bool {
        guard !pointers.isEmpty else { return false }
        return tokens.contains { $0.starts(with: pointer.tokens) || pointer.tokens.starts(with: $0) }
    }

    /// The places at or below one that differ.
    func places(below pointer: JSONPointer) -> [JSONPointer] {
        let below = tokens.filter { $0.starts(with: pointer.tokens) }.map(JSONPointer.init)
        return below.isEmpty && vary(at: pointer) ? [pointer] : below
    }
}
