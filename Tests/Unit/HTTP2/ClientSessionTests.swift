import Testing

@testable import HTTP2

@Suite("HTTP/2: the client's session, without sockets")
struct ClientSessionTests {
    @Test("begins with the preface and settings that turn server push off")
    func preface() throws {
        let stage = try SessionStage()
        var output: [UInt8] = []
        #expect(stage.session.produce(into: &output, limit: 1_000))
        #expect(output.starts(with: SessionStage.preface))
        let frames = Frame.parse(Array(output.dropFirst(SessionStage.preface.count)))
        #expect(frames.first?.type == Frame.settings)
        // SETTINGS_ENABLE_PUSH (2) = 0.
        #expect(frames.first?.payload.prefix(6).elementsEqual([0, 2, 0, 0, 0, 0]) == true)
    }

    @Test("writes a request as HEADERS and DATA that ends the stream")
    func request() throws {
        let stage = try SessionStage()
        stage.receive(.settings())
        stage.flush()
        _ = stage.start()
        let frames = stage.sent.filter { $0.stream == 1 }
        #expect(frames.map(\.type) == [Frame.headers, Frame.data])
        #expect(frames.first?.flags == Frame.endHeaders)
        // ":method: POST" and ":scheme: https" of the static table come first.
        #expect(frames.first?.payload.prefix(2).elementsEqual([0x83, 0x87]) == true)
        #expect(frames.last == Frame.data(1, [0x7B, 0x7D]))
    }

    @Test("ends the stream with HEADERS when there is no body")
    func requestWithoutBody() throws {
        let stage = try SessionStage()
        stage.receive(.settings())
        _ = stage.start(HTTP2Request(path: "/"))
        let frames = stage.sent.filter { $0.stream == 1 }
        #expect(frames.map(\.type) == [Frame.headers])
        #expect(frames.first?.flags == Frame.endHeaders | Frame.endStream)
    }

    @Test("never indexes a field that is named so (RFC 7541 §6.2.3), and indexes others")
    func unindexed() throws {
        let stage = try SessionStage(unindexedHeaders: ["apns-id"])
        stage.receive(.settings())
        let request = HTTP2Request(path: "/", headers: [("apns-id", "1"), ("apns-topic", "pass.example")])
        _ = stage.start(request)
        _ = stage.start(request)
        let blocks = stage.sent.filter { $0.type == Frame.headers }.map(\.payload)
        let isNeverIndexed = blocks.map { $0.contains { $0 & 0xF0 == 0x10 } }
        #expect(isNeverIndexed == [true, true])
        // Scheme, method and path are of the static table; authority and topic are by now of the dynamic one.
        #expect(blocks[1].count < blocks[0].count - 20)
    }

    @Test(
        "allows as many streams as the server and the own limit do",
        arguments: [
            (announced: UInt32(0), own: 100, free: 0), (1, 100, 1), (100, 100, 100), (5_000, 100, 100),
            (5_000, 10_000, 5_000), (UInt32.max, 50, 50),
        ])
    func limit(_ row: (announced: UInt32, own: Int, free: Int)) throws {
        let stage = try SessionStage(maximumStreams: row.own)
        #expect(stage.session.freeStreams == 0)
        stage.receive(.settings(maximumStreams: row.announced))
        #expect(stage.session.freeStreams == row.free)
    }

    @Test("takes its own limit when the server names none")
    func noLimit() throws {
        let stage = try SessionStage(maximumStreams: 7)
        stage.receive(.settings())
        #expect(stage.session.freeStreams == 7)
    }

    @Test("lets running streams go on when the limit falls, and starts none until enough have ended")
    func fallingLimit() throws {
        let stage = try SessionStage()
        stage.receive(.settings(maximumStreams: 3))
        for _ in 0..<3 { _ = stage.start() }
        stage.receive(.settings(maximumStreams: 1))
        #expect(stage.session.freeStreams == 0)
        stage.receive(.headers(1, Frame.status200, isLast: true), .headers(3, Frame.status200, isLast: true))
        #expect(stage.session.freeStreams == 0)
        stage.receive(.headers(5, Frame.status200, isLast: true))
        #expect(stage.session.freeStreams == 1)
        stage.receive(.settings(maximumStreams: 1_000))
        #expect(stage.session.freeStreams == 100)
    }

    @Test("hands an answer over when it has ended, without interim answers and trailers")
    func answer() throws {
        let stage = try SessionStage()
        stage.receive(.settings())
        let exchange = stage.start()
        _ = stage.events()
        stage.receive(
            .headers(1, Frame.field(":status", "103") + Frame.field("link", "x")),
            .headers(1, Frame.status200 + Frame.field("apns-id", "7")), .data(1, Array("hel".utf8), isLast: false),
            .data(1, Array("lo".utf8), isLast: false))
        #expect(stage.events().isEmpty)
        stage.receive(.headers(1, Frame.field("late", "1"), isLast: true))
        #expect(stage.events() == ["1: 200 hello"])
        let response = exchange.answer.response
        #expect(response.headers["Apns-Id"] == "7")
        #expect(response.headers.count == 1)
        #expect(stage.session.openStreams == 0)
    }

    @Test("sends no RST_STREAM for a stream that was finished")
    func noResets() throws {
        let stage = try SessionStage()
        stage.receive(.settings())
        for number in 0..<100 {
            _ = stage.start()
            stage.receive(.headers(UInt32(2 * number + 1), Frame.status200, isLast: true))
            stage.flush()
        }
        #expect(stage.sent.filter { $0.type == Frame.headers }.count == 100)
        #expect(!stage.sent.contains { $0.type == Frame.reset })
    }

    @Test("repeats what is above GOAWAY's last stream, and lets the others finish")
    func goAway() throws {
        let stage = try SessionStage()
        stage.receive(.settings())
        for _ in 0..<3 { _ = stage.start() }
        _ = stage.events()
        stage.receive(.goAway(last: 3, code: 0, #"{"reason":"Shutdown"}"#))
        #expect(stage.events() == ["goAway 3 NO_ERROR", "5: refused"])
        #expect(stage.session.isEnding)
        #expect(stage.session.freeStreams == 0)
        #expect(stage.session.goAway?.debugData == Array(#"{"reason":"Shutdown"}"#.utf8))
        #expect(!stage.session.isOver)
        stage.receive(.headers(1, Frame.status200, isLast: true), .headers(3, Frame.status200, isLast: true))
        #expect(stage.events() == ["1: 200 ", "3: 200 "])
        stage.flush()
        #expect(stage.session.isOver)
    }

    @Test("a first GOAWAY that only warns refuses no stream")
    func warning() throws {
        let stage = try SessionStage()
        stage.receive(.settings())
        _ = stage.start()
        _ = stage.events()
        stage.receive(.goAway(last: 0x7FFF_FFFF))
        #expect(stage.events() == ["goAway 2147483647 NO_ERROR"])
        stage.receive(.goAway(last: 1), .headers(1, Frame.status200, isLast: true))
        #expect(stage.events() == ["goAway 1 NO_ERROR", "1: 200 "])
    }

    @Test(
        "tells a refused stream from one that was ended",
        arguments: [(code: UInt32(7), end: StreamEnd.refused), (2, .reset(.internalError)), (8, .reset(.cancel))])
    func reset(_ row: (code: UInt32, end: StreamEnd)) throws {
        let stage = try SessionStage()
        stage.receive(.settings())
        _ = stage.start()
        _ = stage.events()
        stage.receive(.reset(1, row.code))
        #expect(stage.events() == ["1: \(row.end)"])
    }

    @Test("ends a stream whose answer is too long, and no other")
    func tooLarge() throws {
        let stage = try SessionStage(maximumHeaderBytes: 190, maximumBodyBytes: 4)
        stage.receive(.settings())
        for _ in 0..<3 { _ = stage.start() }
        _ = stage.events()
        stage.receive(.headers(1, Frame.status200), .data(1, Array("hello".utf8), isLast: false))
        stage.receive(.headers(3, Frame.status200 + Frame.field("a", String(repeating: "x", count: 120)), isLast: true))
        #expect(Set(stage.flush().filter { $0.type == Frame.reset }.map(\.stream)) == [1, 3])
        stage.receive(.headers(5, Frame.status200), .data(5, Array("four".utf8)))
        #expect(Set(stage.events()) == ["1: tooLarge", "3: tooLarge", "5: 200 four"])
    }

    @Test("calls an answer without a status malformed")
    func malformed() throws {
        let stage = try SessionStage()
        stage.receive(.settings())
        _ = stage.start()
        _ = stage.events()
        stage.receive(.headers(1, Frame.field("server", "x"), isLast: true))
        stage.flush()
        #expect(stage.events() == ["1: malformed"])
    }

    @Test("resets the stream of a request that is cancelled, and tells no one")
    func cancel() throws {
        let stage = try SessionStage()
        stage.receive(.settings())
        let exchange = stage.start()
        _ = stage.events()
        stage.session.cancel(exchange)
        #expect(stage.flush() == [.reset(1, 8)])
        #expect(stage.events().isEmpty)
        #expect(stage.session.openStreams == 0)
    }

    @Test("holds a body back until the server's window opens")
    func flowControl() throws {
        let stage = try SessionStage()
        // SETTINGS_INITIAL_WINDOW_SIZE (4) = 10.
        stage.receive(.settings([(4, 10)]))
        _ = stage.start(HTTP2Request(method: "POST", path: "/", body: Array(repeating: 0x61, count: 25)))
        func dataFrames() -> [Int] { stage.sent.filter { $0.type == Frame.data }.map(\.payload.count) }
        #expect(dataFrames() == [10])
        stage.receive(.windowUpdate(1, 10))
        stage.flush()
        #expect(dataFrames() == [10, 10])
        stage.receive(.windowUpdate(1, 10))
        stage.flush()
        #expect(dataFrames() == [10, 10, 5])
        #expect(stage.sent.last?.flags == Frame.endStream)
    }

    @Test("gives the window back for what it has read")
    func windowUpdates() throws {
        let stage = try SessionStage(maximumBodyBytes: 1 << 20)
        stage.receive(.settings())
        _ = stage.start()
        stage.receive(.headers(1, Frame.status200))
        for _ in 0..<4 { stage.receive(.data(1, Array(repeating: 0, count: 16_000), isLast: false)) }
        stage.flush()
        #expect(stage.sent.contains { $0.type == Frame.windowUpdate && $0.stream == 0 })
        #expect(stage.sent.contains { $0.type == Frame.windowUpdate && $0.stream == 1 })
    }

    @Test("starts nothing on a connection whose numbers have run out")
    func exhaustion() throws {
        let stage = try SessionStage()
        stage.receive(.settings())
        stage.session.setNextStreamID(0x7FFF_FFFF)
        let last = stage.start()
        #expect(last.streamID == 0x7FFF_FFFF)
        let further = Exchange(request: HTTP2Request(path: "/"), deadline: .now) { _ in }
        #expect(!stage.session.start(further))
        #expect(stage.session.isEnding)
    }

    @Test(
        "ends the connection for what is no HTTP/2",
        arguments: [
            Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), Frame.headers(1, Frame.status200).bytes,
            Frame(type: Frame.settings, payload: [1, 2, 3]).bytes,
            Frame.settings().bytes + Frame.headers(1, [0xFF]).bytes,
        ])
    func garbage(_ bytes: [UInt8]) throws {
        let stage = try SessionStage()
        let goesOn = bytes.withUnsafeBytes { stage.session.receive($0) }
        let frames = stage.flush()
        #expect(!goesOn || frames.contains { $0.type == Frame.goAway })
        #expect(!goesOn || stage.session.isOver)
    }

    @Test("answers a server's ping")
    func ping() throws {
        let stage = try SessionStage()
        stage.receive(.settings())
        stage.flush()
        stage.receive(Frame(type: Frame.ping, payload: Array(1...8)))
        #expect(stage.flush() == [Frame(type: Frame.ping, flags: Frame.acknowledgement, payload: Array(1...8))])
    }
}
