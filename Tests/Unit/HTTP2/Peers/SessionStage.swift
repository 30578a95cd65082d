import Synchronization

@testable import HTTP2

/// A client's session whose server is written by hand.
final class SessionStage {
    static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    let session: ClientSession
    /// What the session has sent so far, the preface left out.
    private(set) var sent: [Frame] = []
    private var hasPreface = false

    init(
        maximumStreams: Int = 100, maximumHeaderBytes: Int = 16_384, maximumBodyBytes: Int = 1_024,
        unindexedHeaders: Set<String> = []
    ) throws {
        session = try ClientSession(
            authority: "push.example", unindexedHeaders: unindexedHeaders,
            limits: .init(
                maximumHeaderBytes: maximumHeaderBytes, maximumBodyBytes: maximumBodyBytes,
                maximumStreams: maximumStreams))
    }

    /// Has the server send frames; whether the session can go on.
    @discardableResult func receive(_ frames: Frame...) -> Bool {
        let bytes = frames.flatMap(\.bytes)
        return bytes.withUnsafeBytes { session.receive($0) }
    }

    /// Collects what the session sends, and returns the new frames.
    @discardableResult func flush() -> [Frame] {
        var output: [UInt8] = []
        while true {
            let before = output.count
            guard session.produce(into: &output, limit: before + 65_536), output.count > before else { break }
        }
        if !hasPreface, output.starts(with: Self.preface) {
            hasPreface = true
            output.removeFirst(Self.preface.count)
        }
        let frames = Frame.parse(output)
        sent += frames
        return frames
    }

    /// Starts a request and sends it.
    func start(_ request: HTTP2Request = HTTP2Request(method: "POST", path: "/3/device/ab", body: [0x7B, 0x7D]))
        -> Exchange
    {
        let exchange = Exchange(request: request, deadline: .now + .seconds(60)) { _ in }
        _ = session.start(exchange)
        flush()
        return exchange
    }

    /// What happened, in words that can be compared.
    func events() -> [String] {
        session.takeEvents().map { event in
            switch event {
            case .answered(let exchange, let response):
                "\(exchange.streamID): \(response.status) \(String(decoding: response.body, as: UTF8.self))"
            case .ended(let exchange, let end): "\(exchange.streamID): \(end)"
            case .settings: "settings"
            case .goAway(let goAway): "goAway \(goAway.lastStreamID) \(goAway.code)"
            }
        }
    }
}
