import Contracts
import HTTPTypes

/// What a rollout does to one pass.
struct PassJob: Sendable {
    enum Work: Sendable {
        /// It is made of the newest version of its campaign.
        case renew
        /// It is voided, in the version that it has.
        case end
        /// Lines of a mass update are merged, one after the other.
        case update([StoredPassUpdate])
    }

    let serialNumber: SerialNumber
    let work: Work

    /// What comes of the work: a change to store, when there is one, and what is counted then.
    struct Outcome: Sendable {
        var transition: PassTransition?
        var tally = RolloutTally()
    }
}

extension PassJob {
    /// Does the work on the pass as it is now.
    func outcome(for pass: Pass, by renewal: PassRenewal, at now: Instant) -> Outcome {
        switch work {
        case .renew: renewed(pass, by: renewal, at: now)
        case .end: ended(pass, by: renewal, at: now)
        case .update(let lines): updated(pass, with: lines, by: renewal, at: now)
        }
    }

    /// What is counted when nothing can be done to the pass.
    func refused(_ reason: String) -> RolloutTally {
        var tally = RolloutTally()
        guard case .update(let lines) = work else {
            tally.fail(serialNumber, reason)
            return tally
        }
        for line in lines { tally.fail(line: line.line, serialNumber, reason) }
        return tally
    }

    private func renewed(_ pass: Pass, by renewal: PassRenewal, at now: Instant) -> Outcome {
        var outcome = Outcome()
        // Made after the change, or brought to it by somebody else, who told its phones.
        guard pass.campaignVersion < renewal.newest.version else { return outcome }
        do throws(IssuingError) {
            let transition = try renewal.transition(
                of: pass, to: pass, because: .newCampaignVersion(renewal.newest.version), at: now)
            if let refusal = transition.refusal {
                outcome.tally.fail(serialNumber, Self.reason(refusal))
            } else {
                outcome.transition = transition
                outcome.tally.add(isVisible: transition.isVisible)
            }
        } catch {
            outcome.tally.fail(serialNumber, Self.reason(error))
        }
        return outcome
    }

    private func ended(_ pass: Pass, by renewal: PassRenewal, at now: Instant) -> Outcome {
        var outcome = Outcome()
        let stays = PassRenewal(from: renewal.current, to: renewal.current)
        do throws(IssuingError) {
            let transition = try stays.transition(of: pass, to: pass.ended(), because: .campaignEnd, at: now)
            if transition.new != pass { outcome.transition = transition }
            outcome.tally.add(isVisible: transition.isVisible)
        } catch {
            outcome.tally.fail(serialNumber, Self.reason(error))
        }
        return outcome
    }

    /// Each line counts by itself: one that would spoil the pass fails, and those around it are merged.
    private func updated(
        _ pass: Pass, with lines: [StoredPassUpdate], by renewal: PassRenewal, at now: Instant
    ) -> Outcome {
        var outcome = Outcome()
        var data = pass
        var merged = 0
        for line in lines {
            let next = data.patched(with: line.patch, at: now)
            do throws(IssuingError) {
                if next != data {
                    outcome.transition = try renewal.transition(of: pass, to: next, because: .massUpdate, at: now)
                }
                data = next
                merged += 1
            } catch {
                outcome.tally.fail(line: line.line, serialNumber, Self.reason(error))
            }
        }
        if outcome.transition?.new == pass { outcome.transition = nil }
        outcome.tally.add(merged, isVisible: outcome.transition?.isVisible ?? false)
        return outcome
    }

    private static func reason(_ error: IssuingError) -> String {
        guard case .faultyPass(let faults) = error else { return "The pass can't be made: \(error)" }
        return reason(faults)
    }

    private static func reason(_ faults: [PassFault]) -> String {
        faults.prefix(3).map(\.description).joined(separator: " ")
    }
}
