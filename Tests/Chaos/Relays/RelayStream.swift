/// One direction of a connection: bytes on their way.
struct RelayStream {
    private static let mostBytes = 256 << 10

    private let source: Socket
    private let sink: Socket
    private var pieces: [(due: ContinuousClock.Instant, bytes: ArraySlice<UInt8>)] = []
    private var waiting = 0
    private var allowance = 0.0
    private var filledAt = ContinuousClock.now
    private var hasEnded = false

    /// Whether all that came has gone on, the end too.
    private(set) var isOver = false
    /// Whether the connection can't go on.
    private(set) var isBroken = false

    init(from source: Socket, to sink: Socket) {
        self.source = source
        self.sink = sink
    }

    /// Whether more may be read.
    var hasRoom: Bool { !hasEnded && waiting < Self.mostBytes }
    /// Whether something is to be written.
    var hasWork: Bool { !pieces.isEmpty }

    /// Moves what the weather lets through.
    mutating func move(in weather: Weather, at now: ContinuousClock.Instant, _ buffer: inout [UInt8]) {
        guard !weather.isStalled, !isOver, !isBroken else { return }
        read(in: weather, at: now, &buffer)
        write(in: weather, at: now)
        if hasEnded, pieces.isEmpty, !isBroken {
            sink.endWriting()
            isOver = true
        }
    }

    private mutating func read(
        in weather: Weather, at now: ContinuousClock.Instant, _ buffer: inout [UInt8]
    ) {
        while hasRoom {
            switch source.read(into: &buffer) {
            case .moved(let count):
                pieces.append((now + weather.delay, ArraySlice(Array(buffer[..<count]))))
                waiting += count
            case .ended: hasEnded = true
            case .blocked: return
            case .broken:
                isBroken = true
                return
            }
        }
    }

    private mutating func write(in weather: Weather, at now: ContinuousClock.Instant) {
        let rate = weather.bytesPerSecond.map(Double.init)
        if let rate { allowance = min(rate, allowance + rate * ((now - filledAt) / .seconds(1))) }
        filledAt = now
        while let piece = pieces.first, piece.due <= now {
            let most = rate == nil ? piece.bytes.count : min(piece.bytes.count, Int(allowance))
            guard most > 0 else { return }
            switch sink.write(piece.bytes.prefix(most)) {
            case .moved(let count):
                waiting -= count
                allowance -= Double(count)
                pieces[0].bytes = piece.bytes.dropFirst(count)
                if pieces[0].bytes.isEmpty { pieces.removeFirst() }
            case .blocked: return
            case .ended, .broken:
                isBroken = true
                return
            }
        }
    }
}
