import Testing

@testable import PassIssuer

@Suite struct LineSplitterTests {
    private func lines(_ chunks: [String], maximum: Int = 100) -> [String] {
        var splitter = LineSplitter(maximumLineBytes: maximum)
        var lines = chunks.flatMap { splitter.split(Array($0.utf8)) }
        if let last = splitter.finish() { lines.append(last) }
        return lines.map { line in line.bytes.map { String(decoding: $0, as: UTF8.self) } ?? "too long" }
    }

    @Test("numbers lines as an editor does, blank ones included")
    func numbers() {
        var splitter = LineSplitter(maximumLineBytes: 4)
        let lines = splitter.split(Array("a\n\r\n\nlong line\nb".utf8)) + [splitter.finish()].compactMap(\.self)
        #expect(lines.map(\.number) == [1, 4, 5])
    }

    @Test(
        "gives the same lines however the stream is cut",
        arguments: [["a\nb\nc"], ["a", "\nb\n", "c"], ["a\r\nb\r\n", "\r\n", "c\n"], ["a\n\n \nb\nc\n\n"]])
    func cuts(chunks: [String]) {
        #expect(lines(chunks) == ["a", "b", "c"])
    }

    @Test("tells of a line that is too long and goes on behind it")
    func tooLong() {
        #expect(lines(["ab\ncde", "fgh", "ij\nk"], maximum: 5) == ["ab", "too long", "k"])
        #expect(lines(["abcdef"], maximum: 5) == ["too long"])
        #expect(lines(["abcde\n"], maximum: 5) == ["abcde"])
    }
}
