/// Cuts a stream of bytes into lines (NDJSON): blank lines are skipped, too long ones are told but not kept.
struct LineSplitter: Sendable {
    /// A line.
    struct Line: Sendable, Hashable {
        /// Its number in the stream, from 1; blank lines count.
        let number: Int
        /// Its bytes; nil when it was longer than allowed.
        let bytes: [UInt8]?
    }

    private let maximumLineBytes: Int
    private var number = 0
    private var rest: [UInt8] = []
    private var isSkipping = false

    init(maximumLineBytes: Int) {
        self.maximumLineBytes = maximumLineBytes
    }

    /// The lines that end in this piece of the stream.
    mutating func split(_ chunk: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var start = chunk.startIndex
        while let end = chunk[start...].firstIndex(of: UInt8(ascii: "\n")) {
            take(chunk[start..<end])
            if let line = finish() { lines.append(line) }
            start = end + 1
        }
        take(chunk[start...])
        return lines
    }

    /// The last line, when the stream ends without a line feed.
    mutating func finish() -> Line? {
        defer {
            rest.removeAll(keepingCapacity: true)
            isSkipping = false
        }
        number += 1
        if isSkipping { return Line(number: number, bytes: nil) }
        if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
        return rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) ? nil : Line(number: number, bytes: rest)
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) {
        if rest.count + bytes.count > maximumLineBytes {
            isSkipping = true
            rest.removeAll(keepingCapacity: true)
        } else if !isSkipping {
            rest.append(contentsOf: bytes)
        }
    }
}
