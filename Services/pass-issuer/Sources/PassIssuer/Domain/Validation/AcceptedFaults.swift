import JSON

/// The errors that a stored version has: what phones took before may stay, and only what is new is refused.
///
/// An error is the same when it is of the same kind at the same place, elements of arrays being alike: a field that moves
/// because another was put before it takes its errors along.
struct AcceptedFaults: Sendable {
    private struct Kind: Hashable {
        let place: [String]
        let rule: String
    }

    private let counts: [Kind: Int]
    private let isAll: Bool

    /// Accepts whatever there is: the content is stored, so it was accepted once.
    static let all = AcceptedFaults(isAll: true)

    private init(isAll: Bool) {
        counts = [:]
        self.isAll = isAll
    }

    /// The errors among the faults of a stored version.
    init(_ faults: [PassFault] = []) {
        isAll = false
        counts = faults.errors.reduce(into: [:]) { $0[Self.kind(of: $1), default: 0] += 1 }
    }

    /// The faults but for as many errors of each kind as the stored version has.
    func refused(among faults: [PassFault]) -> [PassFault] {
        if isAll { return faults.warnings }
        guard !counts.isEmpty else { return faults }
        var left = counts
        return faults.filter { fault in
            let kind = Self.kind(of: fault)
            guard fault.severity == .error, let count = left[kind], count > 0 else { return true }
            left[kind] = count - 1
            return false
        }
    }

    /// Where phones leave out what is too much, the number in the reason makes no other fault of it.
    private static func kind(of fault: PassFault) -> Kind {
        Kind(
            place: fault.pointer.tokens.map { isIndex($0) ? "*" : $0 },
            rule: [.drawsTheFirst, .cuts].contains(fault.effect) ? fault.remedy : fault.reason)
    }

    private static func isIndex(_ token: String) -> Bool {
        !token.isEmpty && token.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }
}
