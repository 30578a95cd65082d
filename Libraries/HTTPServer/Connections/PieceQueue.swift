/// Pieces of a body that came and were not read yet; small ones are joined.
struct PieceQueue {
    private static let joinedSize = 65_536

    private var pieces: [[UInt8]] = []
    private var first = 0
    private(set) var byteCount = 0

    var isEmpty: Bool { first == pieces.count }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        byteCount += bytes.count
        if !isEmpty, pieces[pieces.count - 1].count + bytes.count <= Self.joinedSize {
            pieces[pieces.count - 1] += bytes
        } else {
            pieces.append([UInt8](bytes))
        }
    }

    mutating func popFirst() -> [UInt8]? {
        guard !isEmpty else { return nil }
        let piece = pieces[first]
        pieces[first] = []
        first += 1
        if isEmpty {
            pieces.removeAll(keepingCapacity: true)
            first = 0
        }
        byteCount -= piece.count
        return piece
    }
}
