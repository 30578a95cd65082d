import Contracts
import HTTPTypes

extension PassJob {
    /// One job for each pass that lines of a mass update name, its lines in their order.
    static func jobs(for lines: [StoredPassUpdate]) -> [PassJob] {
        var order: [SerialNumber] = []
        var byPass: [SerialNumber: [StoredPassUpdate]] = [:]
        for line in lines {
            if byPass[line.serialNumber] == nil { order.append(line.serialNumber) }
            byPass[line.serialNumber, default: []].append(line)
        }
        return order.map { PassJob(serialNumber: $0, work: .update(byPass[$0] ?? [])) }
    }

    /// Does the work on its pass; nil when it was not found.
    func outcome(for pass: Pass?, by renewals: RolloutRenewals.Found, at now: Instant) -> Outcome {
        guard let pass else {
            return Outcome(tally: refused("There is no pass of this serial number."))
        }
        if case .update = work, pass.erasedAt != nil {
            return Outcome(tally: refused("The contact of this pass was erased."))
        }
        switch renewals[RolloutRenewals.Key(campaign: pass.campaign, version: pass.campaignVersion)] {
        case .success(let renewal)?: return outcome(for: pass, by: renewal, at: now)
        case .failure, nil: return Outcome(tally: refused("Its campaign can't make passes now. See its warnings."))
        }
    }
}
