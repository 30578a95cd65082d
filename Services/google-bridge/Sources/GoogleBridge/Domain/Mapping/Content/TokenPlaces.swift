import JSON

/// The places of a message whose strings differ between passes.
struct TokenPlaces: Sendable {
    private let places: [[String]]
    /// The places and all that they are parts of.
    private let withParents: Set<[String]>
    private let exact: Set<[String]>
    private let shortest: Int

    /// Takes JSON Pointers; what is none is left out.
    init(_ pointers: [String]) {
        places = pointers.compactMap { JSONPointer($0)?.tokens }
        exact = Set(places)
        withParents = Set(places.flatMap { place in (0...place.count).map { Array(place.prefix($0)) } })
        shortest = places.map(\.count).min() ?? .max
    }

    /// Whether nothing differs.
    var isEmpty: Bool { places.isEmpty }

    /// Whether what stands at a place, or somewhere below it, differs; so does all that a token alone stands for.
    func vary(at pointer: JSONPointer) -> Bool {
        guard !places.isEmpty else { return false }
        if withParents.contains(pointer.tokens) { return true }
        guard pointer.tokens.count > shortest else { return false }
        return (shortest..<pointer.tokens.count).contains { exact.contains(Array(pointer.tokens.prefix($0))) }
    }

    /// The places that differ and have nothing to do with others.
    func places(outside others: [JSONPointer]) -> [JSONPointer] {
        places.filter { place in
            !others.contains { place.starts(with: $0.tokens) || $0.tokens.starts(with: place) }
        }.map(JSONPointer.init)
    }

    /// The places at or below one that differ.
    func places(below pointer: JSONPointer) -> [JSONPointer] {
        guard vary(at: pointer) else { return [] }
        let below = places.filter { $0.starts(with: pointer.tokens) }.map(JSONPointer.init)
        return below.isEmpty ? [pointer] : below
    }
}
