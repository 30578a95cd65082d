/// What kind of device opened a link, as far as its `User-Agent` says.
enum DeviceFamily: Sendable, Hashable {
    case apple
    case android
    case other

    private static let apples = ["iPhone", "iPad", "iPod", "Macintosh"].map { Array($0.utf8) }
    private static let androids = [Array("Android".utf8)]

    init(userAgent: String?) {
        // By bytes, since every opened link is asked.
        let agent = Array((userAgent ?? "").utf8)
        // Android first: some Android browsers name an iPhone for compatibility, never the other way round.
        if Self.holds(agent, anyOf: Self.androids) {
            self = .android
        } else if Self.holds(agent, anyOf: Self.apples) {
            self = .apple
        } else {
            self = .other
        }
    }

    private static func holds(_ agent: [UInt8], anyOf words: [[UInt8]]) -> Bool {
        agent.indices.contains { start in
            words.contains { $0[0] == agent[start] && agent[start...].starts(with: $0) }
        }
    }
}
