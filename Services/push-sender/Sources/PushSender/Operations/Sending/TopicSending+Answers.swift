import HTTPTypes
import Postgres
import ServiceKit

extension TopicSending {
    /// A round of answers, and what they say of the service and of the topic.
    private struct Round {
        var outcomes: [PushOutcome] = []
        var answered = 0
        var failed = 0
        /// The fault of the service that was told last.
        var fault: String?
        /// Why the topic can't go on.
        var stop: String?
        var probeAccepted = false
    }

    /// Writes down what answers there are, and does what they ask for.
    func settle() async {
        let answers = inbox.takeAll()
        tell(answers)
        var round = Round()
        for answer in answers { take(answer, into: &round) }
        inFlight -= round.outcomes.count
        if !answers.isEmpty {
            window.record(
                answered: round.answered, failed: round.failed, at: tools.clock(), jitter: .random(in: 0...1))
        }
        unsettled += round.outcomes
        guard !unsettled.isEmpty else { return }
        let outcomes = Array(unsettled.prefix(Self.batch))
        do {
            let settled = try await tools.queue.settle(outcomes, of: topic)
            unsettled.removeFirst(outcomes.count)
            tools.metrics.count(outcomes)
            try await follow(settled, round)
        } catch {
            // What is not written down is told again, or taken over when the leases are over.
            tools.logger.warning(
                "Answers of APNs can't be written down; it is tried again.",
                ["topic": "\(topic.passTypeIdentifier)", "answers": "\(unsettled.count)", "error": "\(error)"])
            await WakeUp().wait(atMost: .milliseconds(300))
        }
    }

    private func take(_ answer: PushAnswer, into round: inout Round) {
        let reaction = ReactionRules.reaction(
            to: answer.answer, attempts: answer.push.attempts, sentAt: answer.sentAt, jitter: .random(in: 0...1))
        if reaction == .renewProviderToken, !answer.isRepeat,
            client.renewProviderToken(forPushSentAt: answer.sentAt, at: tools.clock())
        {
            return send(answer.push, isRepeat: true)
        }
        let fault = answer.answer.fault
        switch reaction {
        case .restService(_, let reconnect):
            round.failed += 1
            round.fault = fault
            if reconnect { needsReconnect = true }
        case .stopTopic, .renewProviderToken:
            round.stop = fault
        case .accepted:
            round.answered += 1
            if topic.isProbe { round.probeAccepted = true }
        case .removeToken, .suspectToken, .restToken, .giveUp:
            round.answered += 1
        }
        if reaction == .giveUp { report(answer, fault) }
        round.outcomes.append(
            PushOutcome(
                push: answer.push, kind: outcome(of: answer.answer, reaction), reason: fault))
    }

    private func outcome(of answer: APNsAnswer, _ reaction: Reaction) -> PushOutcome.Kind {
        switch reaction {
        case .accepted: return .accepted
        case .removeToken(let since): return .rejected(since: since)
        // While the breaker is open nobody blames the token; it waits behind the others, so that the next one is another.
        case .suspectToken where topic.isProbe || isStopped: return again(answer, after: .zero, countsAttempt: true)
        case .suspectToken(let since): return .suspect(since: since)
        case .restToken(let pause): return again(answer, after: pause, countsAttempt: true)
        case .restService(let pause, _):
            // What was never sent was no attempt.
            if case .none(.unreachable) = answer { return again(answer, after: pause, countsAttempt: false) }
            return again(answer, after: pause, countsAttempt: true)
        case .renewProviderToken, .stopTopic: return again(answer, after: .zero, countsAttempt: false)
        case .giveUp: return .givenUp
        }
    }

    private func again(_ answer: APNsAnswer, after pause: Duration, countsAttempt: Bool) -> PushOutcome.Kind {
        let retryAt = Instant(microseconds: tools.clock().microseconds + pause.microseconds)
        return switch answer {
        case .response: .refused(retryAt: retryAt, countsAttempt: countsAttempt)
        case .none: .unanswered(retryAt: retryAt, countsAttempt: countsAttempt)
        }
    }

    private func report(_ answer: PushAnswer, _ fault: String?) {
        tools.logger.error(
            "A push was given up: APNs refuses it, and nobody knows why.",
            [
                "topic": "\(topic.passTypeIdentifier)", "reason": fault ?? "", "attempts": "\(answer.push.attempts)",
                "token": String(answer.push.token.prefix(8)),
            ])
    }

    /// Stops the topic, opens or closes its breaker, or tells of a service that does not serve.
    private func follow(_ settled: SettledAnswers, _ round: Round) async throws {
        if let reason = round.stop, !isStopped {
            isStopped = true
            if try await tools.topics.stop(topic, reason: reason) {
                tools.logger.error(
                    "A topic is stopped: its configuration has a fault. Its pushes wait.",
                    [
                        "topic": "\(topic.passTypeIdentifier)", "reason": reason,
                        "remedy": APNsReason(rawValue: reason)?.remedy ?? APNsReason.generalRemedy,
                    ])
            }
        }
        if let fault = round.fault, window.faults > 0 {
            tools.logger.warning(
                "APNs does not serve; the topic rests.",
                ["topic": "\(topic.passTypeIdentifier)", "fault": fault, "round": "\(window.faults)"])
            try await tools.topics.note(fault, of: topic)
        }
        let reason = suspicion(round) ?? APNsReason.badDeviceToken.rawValue
        switch Breaker.change(isOpen: settled.isOpen, settled.window, probeAccepted: round.probeAccepted) {
        case .open?: try await open(settled, reason: reason)
        case .close?: try await close(settled)
        case nil: if settled.isOpen, !topic.isProbe { isStopped = true }
        }
    }

    private func suspicion(_ round: Round) -> String? {
        round.outcomes.last { if case .suspect = $0.kind { true } else { false } }?.reason
    }

    private func open(_ settled: SettledAnswers, reason: String) async throws {
        isStopped = true
        if try await tools.topics.open(topic, epoch: settled.epoch, reason: reason) {
            tools.logger.error(
                "The breaker of a topic is open: APNs finds fault with so many tokens that the fault is probably ours.",
                [
                    "topic": "\(topic.passTypeIdentifier)", "reason": reason,
                    "answers": "\(settled.window.answers)", "refused": "\(settled.window.suspects)",
                    "remedy": "Look whether certificate and APNS_URL belong together; one push a minute tries anew.",
                ])
        }
        while try await tools.topics.recallSuspects(atMost: Self.batch) > 0 {}
    }

    private func close(_ settled: SettledAnswers) async throws {
        if try await tools.topics.close(topic, epoch: settled.epoch) {
            tools.logger.info(
                "The breaker of a topic is closed: APNs took a push.", ["topic": "\(topic.passTypeIdentifier)"])
        }
    }
}
