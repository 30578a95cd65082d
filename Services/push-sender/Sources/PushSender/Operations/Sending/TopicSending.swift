import HTTPTypes
import Postgres
import ServiceKit
import Tracing

/// Sends the pushes of one topic that are due, until there are none, or something stops it.
actor TopicSending {
    /// What it works with.
    struct Tools: Sendable {
        let queue: QueueStore
        let topics: TopicStore
        let metrics: PushMetrics
        let logger: Logger
        let windows: SendingWindows
        /// How many pushes may be on their way at once.
        let pushesInFlight: Int
        var tracer = Tracer.off
        var clock: @Sendable () -> Instant = { .now() }
    }

    /// The most that one statement takes from the queue or writes down.
    static let batch = 1_000
    /// How long it waits for more answers, so that they are written down together.
    static let gathering = Duration.milliseconds(4)
    /// How long it looks for nothing in a queue that it has found empty.
    static let dryness = Duration.milliseconds(50)
    /// How long it waits for answers when it is told to end.
    static let patience = Duration.seconds(4)

    let topic: DueTopic
    let client: APNsClient
    let tools: Tools

    var window: SendingWindow
    let inbox = AnswerInbox()
    /// Pushes that are with APNs.
    var inFlight = 0
    /// What became of pushes and could not be written down yet.
    var unsettled: [PushOutcome] = []
    /// Why nothing more of this topic may be sent.
    var isStopped = false
    /// Whether the next round is sent over new connections.
    var needsReconnect = false
    /// When it looks into the queue again.
    private var nextLookAt = ContinuousClock.now
    private var isDry = false

    init(topic: DueTopic, client: APNsClient, tools: Tools) {
        self.topic = topic
        self.client = client
        self.tools = tools
        window = tools.windows.window(of: topic) ?? SendingWindow(maximum: tools.pushesInFlight)
    }

    /// Sends until nothing is due, or the topic has to rest, and every answer is written down. Cancelled, it waits a little for
    /// answers under way, and leaves the rest to their leases.
    func run() async {
        while !Task.isCancelled {
            await sendMore()
            if inFlight == 0, unsettled.isEmpty, isDry || isStopped || window.rests(at: tools.clock()) {
                tools.windows.keep(window, of: topic)
                return await leaveConnections()
            }
            await gatherAnswers()
            await settle()
        }
        // The last answers must be written down although the work is cancelled; whoever cancelled it waits here.
        await Task { await finish() }.value
    }

    /// Faults of the service are not met twice on one connection.
    private func leaveConnections() async {
        guard needsReconnect else { return }
        needsReconnect = false
        do {
            try await client.reconnect()
        } catch {
            // The same settings made a client before; with the old connections it goes on as well.
            tools.logger.warning(
                "A client of APNs can't be made anew.", ["topic": "\(topic.passTypeIdentifier)", "error": "\(error)"])
        }
    }

    private func finish() async {
        let deadline = ContinuousClock.now + Self.patience
        while inFlight > 0 || !unsettled.isEmpty, ContinuousClock.now < deadline {
            await inbox.wait(for: inFlight, atMost: .milliseconds(50))
            await settle()
        }
    }

    /// Waits until some answers are there.
    private func gatherAnswers() async {
        let untilNextLook = nextLookAt - ContinuousClock.now
        guard inFlight > 0 else { return await inbox.wait(for: 1, atMost: max(untilNextLook, .milliseconds(1))) }
        await inbox.wait(for: 1, atMost: min(max(untilNextLook, .milliseconds(1)), .milliseconds(250)))
        guard !inbox.isEmpty else { return }
        await inbox.wait(for: min(inFlight, Self.batch / 2), atMost: Self.gathering)
    }

    /// Takes pushes from the queue and hands them to the client.
    private func sendMore() async {
        guard !isStopped, unsettled.isEmpty, ContinuousClock.now >= nextLookAt, !window.rests(at: tools.clock()) else {
            return
        }
        if inFlight == 0 { await leaveConnections() }
        do {
            let room = min(window.size - inFlight, max(client.capacity, inFlight == 0 ? 1 : 0), Self.batch)
            // Small helpings cost as many statements as large ones.
            guard room > 0, inFlight == 0 || room >= min(window.size, Self.batch) / 4 else { return }
            try await take(room)
        } catch {
            guard !Task.isCancelled else { return }
            tools.logger.warning(
                "The queue can't be read; it is tried again.",
                ["topic": "\(topic.passTypeIdentifier)", "error": "\(error)"])
            look(in: .milliseconds(500))
        }
    }

    private func take(_ room: Int) async throws {
        guard !topic.isProbe else {
            sendAll(try await whole { try await self.tools.queue.leaseProbe(self.topic) })
            isDry = true
            return look(in: .seconds(1))
        }
        let pushes = try await whole { try await self.tools.queue.lease(self.topic, atMost: room) }
        sendAll(pushes)
        guard pushes.count < room else { return }
        let rest = room - pushes.count
        let paced = try await whole { try await self.tools.queue.leasePaced(self.topic, atMost: rest) }
        sendAll(paced.pushes)
        let isFull = pushes.count + paced.pushes.count == room
        isDry = !isFull && paced.wait == nil
        if !isFull { look(in: min(paced.wait ?? Self.dryness, .milliseconds(500))) }
    }

    /// Ends what has begun although the work is cancelled: of a statement that is cut off the leases would stay, and
    /// nobody would send its pushes. Begins nothing then.
    private func whole<Leased: Sendable>(_ lease: @escaping @Sendable () async throws -> Leased) async throws -> Leased
    {
        try Task.checkCancellation()
        return try await Task(operation: lease).value
    }

    private func look(in pause: Duration) {
        nextLookAt = .now + max(pause, .milliseconds(1))
    }

    private func sendAll(_ pushes: [LeasedPush]) {
        isDry = false
        inFlight += pushes.count
        for push in pushes { send(push, isRepeat: false) }
    }

    /// Hands a push to the client; the answer comes into the inbox.
    func send(_ push: LeasedPush, isRepeat: Bool) {
        let sentAt = tools.clock()
        client.send(push, at: sentAt) { [inbox] answer in
            inbox.append(PushAnswer(push: push, sentAt: sentAt, isRepeat: isRepeat, answer: answer))
        }
    }
}
