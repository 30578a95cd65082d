/// One HTTP exchange of the phone and what came of it.
public struct Exchange: Sendable {
    /// The request's method.
    public let method: String
    /// The path with its query, whole.
    public let path: String
    /// The answer's status; nil when none came.
    public let status: Int?
    /// From sending the request to the whole answer.
    public let duration: Duration
    /// What the exchange means to the phone.
    public let meaning: String

    /// The exchange in one readable line; identifiers in the path are shortened.
    public var line: String {
        let columns = [
            pad(method, to: 6), pad(shortPath, to: 72), pad(status.map(String.init) ?? "---", to: 3),
            pad("\(milliseconds) ms", to: 8, right: true), meaning,
        ]
        return columns.joined(separator: "  ")
    }

    private var milliseconds: Int64 {
        duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000
    }

    private var shortPath: String {
        path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            // Pass types have dots and are worth reading; ids, serial numbers and links are not.
            let isName = segment.hasPrefix("pass.") && segment.utf8.count <= 40
            let query = segment.firstIndex(of: "?").map { segment[$0...] } ?? ""
            let head = segment.dropLast(query.count)
            return head.count > 16 && !isName ? "\(head.prefix(8))…\(query)" : String(segment)
        }.joined(separator: "/")
    }

    private func pad(_ text: String, to width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return right ? space + text : text + space
    }
}
