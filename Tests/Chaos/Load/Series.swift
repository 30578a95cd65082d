/// Numbers written one after the other over the same place, and which of them were acknowledged.
struct Series: Sendable {
    /// The newest that was sent.
    private(set) var sent = 0
    /// The newest that was acknowledged.
    private(set) var acknowledged = 0

    /// The next number.
    mutating func next() -> Int {
        sent += 1
        return sent
    }

    /// A number was acknowledged.
    mutating func acknowledge(_ number: Int) {
        acknowledged = max(acknowledged, number)
    }

    /// Whether a number may stand there at the end: the newest acknowledged, or one after it whose answer was lost.
    func allows(_ number: Int?) -> Bool {
        number.map { (acknowledged...sent).contains($0) } ?? false
    }

    /// What may stand there, in words.
    var words: String { sent == acknowledged ? "\(acknowledged)" : "\(acknowledged) to \(sent)" }
}
