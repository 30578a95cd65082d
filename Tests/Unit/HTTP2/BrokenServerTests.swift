import Testing

@testable import HTTP2

@Suite("HTTP/2: servers that are broken")
struct BrokenServerTests {
    /// Numbers that are the same in each run.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test(
        "whatever bytes come, each request has one outcome at most, and the session ends or goes on", arguments: 0..<20)
    func mutations(seed: Int) throws {
        var numbers = Numbers(state: UInt64(seed))
        for _ in 0..<100 {
            let stage = try SessionStage()
            stage.receive(.settings())
            stage.flush()
            for _ in 0..<4 { _ = stage.start() }
            var bytes = Self.answers.flatMap(\.bytes)
            for _ in 0..<Int.random(in: 1...6, using: &numbers) {
                bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
            }
            if Bool.random(using: &numbers) { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &numbers)) }
            var outcomes: [Int32: Int] = [:]
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = Array(rest.prefix(Int.random(in: 1...40, using: &numbers)))
                rest = rest.dropFirst(piece.count)
                let goesOn = piece.withUnsafeBytes { stage.session.receive($0) }
                stage.flush()
                for event in stage.session.takeEvents() {
                    switch event {
                    case .answered(let exchange, _), .ended(let exchange, _):
                        outcomes[exchange.streamID, default: 0] += 1
                    case .settings, .goAway: break
                    }
                }
                if !goesOn || stage.session.isOver { break }
            }
            #expect(outcomes.values.allSatisfy { $0 == 1 }, "seed \(seed)")
            #expect(outcomes.count + stage.session.openStreams >= 4, "seed \(seed)")
        }
    }

    private static let answers: [Frame] = [
        .headers(1, Frame.status200 + Frame.field("apns-id", "7"), isLast: true), .settings(maximumStreams: 50),
        .headers(3, Frame.field(":status", "410")), .data(3, Array(#"{"reason":"Unregistered"}"#.utf8)),
        .windowUpdate(0, 1_000), .reset(5, 7), .goAway(last: 7, code: 0, "bye"),
        .headers(7, Frame.status200, isLast: true),
    ]
}
