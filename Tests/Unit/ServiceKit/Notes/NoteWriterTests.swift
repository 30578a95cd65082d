import Support
import Synchronization
import Testing

@testable import ServiceKit

@Suite struct NoteWriterTests {
    /// Where notes are written to.
    private final class Book: Sendable {
        struct Away: Error {}

        private let state = Mutex<(pages: [[Int]], isAway: Bool, refusals: Int)>(([], false, 0))

        var pages: [[Int]] { state.withLock { $0.pages } }
        /// How often it was not there.
        var refusals: Int { state.withLock { $0.refusals } }
        var isAway: Bool {
            get { state.withLock { $0.isAway } }
            set { state.withLock { $0.isAway = newValue } }
        }

        func write(_ notes: [Int]) throws {
            try state.withLock { state in
                if state.isAway {
                    state.refusals += 1
                    throw Away()
                }
                state.pages.append(notes)
            }
        }
    }

    private let book = Book()
    private let metrics = Metrics()

    /// How many notes found no room.
    private var dropped: Double {
        get throws { try PrometheusText(metrics.text()).value("dropped_total") ?? 0 }
    }

    private func writer(capacity: Int = 1_000) -> NoteWriter<Int> {
        NoteWriter(
            capacity: capacity, dropped: metrics.counter("dropped_total", help: "What found no room."),
            logger: Logger(service: "test", level: .error)
        ) { [book] in
            try book.write($0)
        }
    }

    /// Runs the writer meanwhile.
    private func running(_ writer: NoteWriter<Int>, _ body: () async throws -> Void) async throws {
        let task = Task { try await writer.run() }
        try await body()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("writes a note by itself soon after it was made, time and again")
    func soon() async throws {
        let writer = writer()
        try await running(writer) {
            for note in 1...3 {
                writer.add([note])
                #expect(await eventually { book.pages.count == note })
            }
        }
        #expect(book.pages == [[1], [2], [3]])
    }

    @Test("writes many in their order and in small portions")
    func portions() async throws {
        let writer = writer()
        try await running(writer) {
            writer.add(Array(1...350))
            #expect(await eventually { book.pages.joined().count == 350 })
        }
        #expect(Array(book.pages.joined()) == Array(1...350))
        #expect(book.pages.map(\.count) == [100, 100, 100, 50])
    }

    @Test("keeps what could not be written, before what came later, and tries again")
    func again() async throws {
        let writer = writer()
        book.isAway = true
        try await running(writer) {
            writer.add([1, 2])
            #expect(await eventually { book.refusals > 0 })
            writer.add([3])
            book.isAway = false
            #expect(await eventually { book.pages.joined().count == 3 })
        }
        #expect(Array(book.pages.joined()) == [1, 2, 3])
    }

    @Test("says how many found no room")
    func room() async throws {
        let writer = writer(capacity: 10)
        writer.add(Array(1...7))
        #expect(try dropped == 0)
        writer.add(Array(8...15))
        #expect(try dropped == 5)
        book.isAway = true
        await writer.writeAll()
        writer.add([16])
        #expect(try dropped == 6, "what could not be written takes room as before")
        book.isAway = false
        await writer.writeAll()
        #expect(book.pages == [Array(1...10)])
        writer.add([16])
        #expect(try dropped == 6)
    }

    @Test("writes what is left when it is ended")
    func end() async throws {
        let writer = writer()
        writer.add(Array(1...250))
        try await running(writer) {}
        #expect(Array(book.pages.joined()) == Array(1...250))
    }
}
