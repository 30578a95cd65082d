import Cryptography
import HTTP2
import HTTPTypes
import JSON
import Synchronization

/// Takes pushes: judges them, keeps those that are accepted, and does what the scripts say.
final class Gateway: Sendable {
    struct State {
        var devices = Devices()
        var scripts = Scripts()
        var tokens: ProviderTokens
        var store: PushStore
        var counters = APNsCounters()
        /// Connections whose limit was raised after their first valid provider token.
        var raised: Set<Int> = []
        var maximumConcurrentStreams: Int
        /// Set while all pushes are refused.
        var outage: APNsReason?
    }

    let state: Mutex<State>
    let subscriptions = Subscriptions()
    private let identities = ClientIdentities()
    private let isSink: Bool
    private let now: @Sendable () -> Instant

    init(_ configuration: APNsSimulatorConfiguration) throws(CryptographyError) {
        isSink = configuration.isSink
        now = configuration.now
        var initial = State(
            tokens: try ProviderTokens(configuration.providerKeys),
            store: PushStore(capacity: configuration.storedPushes),
            maximumConcurrentStreams: configuration.maximumConcurrentStreams)
        initial.devices.onlyKnown = configuration.acceptsKnownTokensOnly
        state = Mutex(initial)
    }

    /// The time by the simulator's clock.
    var time: Instant { now() }

    /// Handles a push on the server's thread.
    func receive(_ request: HTTP2ServerRequest, _ responder: HTTP2Responder) {
        guard !isSink else {
            return responder.respond(HTTP2Response(status: 200, headers: ["apns-id": request.headers["apns-id"] ?? ""]))
        }
        let connection = request.connection
        switch verdict(on: request) {
        case .answer(let response, nil): responder.respond(response)
        case .answer(let response, let delay?): responder.respond(response, after: delay)
        case .close: connection.drop()
        case .goAway(let reason, let code):
            connection.goAway(
                lastStreamID: max(0, request.streamID - 2), code: code, debugData: Self.body(reason, nil))
        case .answerAndGoAway(let response, let reason, let code):
            responder.respond(response)
            connection.goAway(lastStreamID: request.streamID, code: code, debugData: Self.body(reason, nil))
        case .reset(let code): responder.reset(code)
        case .ignore: break
        }
    }

    // MARK: Judging

    private func verdict(on request: HTTP2ServerRequest) -> Verdict {
        let identity = identities.identity(of: request.connection)
        let time = now()
        var accepted: APNsPush?
        let verdict = state.withLock { state in
            do throws(APNsRefusal) {
                let push = try Self.judge(request, identity, &state, time)
                let step = state.scripts.next(for: push.token)
                let (verdict, isAccepted) = Self.verdict(of: step, on: push)
                if isAccepted { accepted = keep(push, request, in: &state) } else { Self.count(verdict, &state) }
                return verdict
            } catch {
                state.counters.refused[error.reason.rawValue, default: 0] += 1
                return .answer(Self.refusal(error, request), after: nil)
            }
        }
        if let accepted {
            subscriptions.notify(accepted.token)
            raiseLimit(of: request.connection, accepted)
        }
        return verdict
    }

    private static func judge(
        _ request: HTTP2ServerRequest, _ identity: ClientIdentities.Identity, _ state: inout State, _ time: Instant
    ) throws(APNsRefusal) -> APNsPush {
        if let outage = state.outage { throw APNsRefusal(outage) }
        let token = try PushCheck.token(of: request)
        guard identity != .refused else { throw APNsRefusal(.badCertificate) }
        let authorization = request.headers["authorization"]
        guard identity != .unknown || authorization != nil else { throw APNsRefusal(.missingProviderToken) }
        let headers = try PushHeaders(request.headers)
        switch identity {
        case .topic(let own):
            guard own == headers.topic else { throw APNsRefusal(.topicDisallowed) }
        case .unknown, .refused:
            try state.tokens.check(
                authorization ?? "", topic: headers.topic, connection: request.connection.id, now: time)
        }
        try PushCheck.checkPayload(of: request)
        try state.devices.check(token, topic: headers.topic)
        return APNsPush(
            sequence: 0, token: token.digits, topic: headers.topic, apnsId: headers.messageID ?? Hexadecimal.uuid(),
            payload: String(decoding: request.body, as: UTF8.self), priority: headers.priority,
            pushType: headers.pushType, expiration: headers.expiration, receivedAt: time, count: 1,
            connection: request.connection.id, usedProviderToken: identity == .unknown)
    }

    /// What a script makes of a push that is in order, and whether that means that it was accepted.
    private static func verdict(of step: APNsScriptStep?, on push: APNsPush) -> (Verdict, isAccepted: Bool) {
        guard let step else { return (.answer(acceptance(push), after: nil), true) }
        let delay = step.delayMilliseconds.map { Duration.milliseconds($0) }
        let code = HTTP2ErrorCode(rawValue: UInt32(clamping: step.errorCode ?? (step.action == .reset ? 2 : 0)))
        let reason = step.reason.flatMap { APNsReason(rawValue: $0) }
        let status = step.status ?? reason?.status ?? (step.reason == nil ? 200 : 400)
        switch step.action {
        case .judge: return (.answer(acceptance(push), after: delay), true)
        case .answer where status == 200: return (.answer(acceptance(push), after: delay), true)
        case .answer:
            var response = HTTP2Response(status: status, headers: ["apns-id": push.apnsId])
            response.body = body(step.reason, step.timestamp)
            return (.answer(response, after: delay), false)
        case .close: return (.close, false)
        case .goAway: return (.goAway(reason: step.reason, code: code), false)
        case .answerAndGoAway:
            return (.answerAndGoAway(acceptance(push), reason: step.reason, code: code), true)
        case .reset: return (.reset(code), false)
        case .ignore: return (.ignore, false)
        }
    }

    private func keep(_ push: APNsPush, _ request: HTTP2ServerRequest, in state: inout State) -> APNsPush? {
        state.counters.accepted += 1
        if let expiration = push.expiration {
            // Now or never: whoever is away does not get it later.
            let isTooLate = expiration < push.receivedAt.wholeSeconds
            guard !isTooLate || expiration == 0 && subscriptions.isWaiting(for: push.token) else { return nil }
        }
        return state.store.add(push)
    }

    private static func count(_ verdict: Verdict, _ state: inout State) {
        guard case .answer(let response, _) = verdict else {
            state.counters.unanswered += 1
            return
        }
        // Made by `body`, so its reason can be read.
        let reason = (try? JSON.parse(response.body))?["reason"]?.stringValue ?? String(response.status)
        state.counters.refused[reason, default: 0] += 1
    }

    /// With provider tokens a connection may have one request at once until the first valid one.
    private func raiseLimit(of connection: HTTP2ServerConnection, _ push: APNsPush) {
        guard push.usedProviderToken else { return }
        let limit = state.withLock { state -> Int? in
            if state.raised.count > 4_096 { state.raised.removeAll() }
            return state.raised.insert(connection.id).inserted ? state.maximumConcurrentStreams : nil
        }
        if let limit { connection.setMaximumConcurrentStreams(limit) }
    }

    // MARK: Answers

    private static func acceptance(_ push: APNsPush) -> HTTP2Response {
        HTTP2Response(status: 200, headers: ["apns-id": push.apnsId])
    }

    private static func refusal(_ refusal: APNsRefusal, _ request: HTTP2ServerRequest) -> HTTP2Response {
        let id = request.headers["apns-id"].flatMap { PushHeaders.isMessageID($0) ? $0 : nil } ?? Hexadecimal.uuid()
        return HTTP2Response(
            status: refusal.reason.status,
            headers: ["apns-id": id, "content-type": "application/json"],
            body: body(refusal.reason.rawValue, refusal.timestamp.map { Int($0.microseconds / 1_000) }))
    }

    private static func body(_ reason: String?, _ timestamp: Int?) -> [UInt8] {
        guard let reason else { return [] }
        var content: JSONObject = JSONObject([(key: "reason", value: .string(reason))])
        if let timestamp { content["timestamp"] = .number(JSONNumber(timestamp)) }
        return JSONValue.object(content).serialized()
    }
}
