import Contracts
import IPhoneSimulator

/// What was written, and what of it was acknowledged.
actor Ledger {
    /// Every pass that was acknowledged, by serial number.
    private(set) var passes: [String: WrittenPass] = [:]
    /// Pass keys of links that were opened, whether an answer came or not.
    private(set) var openedKeys: Set<String> = []
    /// Whether a device has a pass, by what was acknowledged last; `device serialNumber`.
    private(set) var registrations: [String: Bool] = [:]
    /// The campaign's changes.
    private(set) var campaign = Series()
    /// The mass updates.
    private(set) var massUpdates = Series()
    /// Acknowledged writes.
    private(set) var acknowledged: [WriteKind: Int] = [:]
    /// Writes without an answer, or that the service could not do then.
    private(set) var unanswered: [WriteKind: Int] = [:]
    /// How often each status was answered with which nothing was done.
    private(set) var refusals: [Int: Int] = [:]

    /// An attempt ended without an acknowledgement; `status` when there was an answer.
    func note(_ kind: WriteKind, unanswered status: Int?) {
        unanswered[kind, default: 0] += 1
        if let status { refusals[status, default: 0] += 1 }
    }

    /// A write was acknowledged of which nothing else is to be remembered.
    func acknowledge(_ kind: WriteKind) {
        acknowledged[kind, default: 0] += 1
    }

    func open(key: String) {
        openedKeys.insert(key)
    }

    func add(_ serialNumber: String, _ pass: WrittenPass) {
        passes[serialNumber] = pass
        acknowledge(pass.wallet == .google ? .googlePass : .pass)
    }

    func beginChange(of serialNumber: String) -> Int {
        passes[serialNumber]?.changes.next() ?? 0
    }

    func acknowledgeChange(_ number: Int, of serialNumber: String) {
        passes[serialNumber]?.changes.acknowledge(number)
        passes[serialNumber]?.acknowledgedSlots[number % WrittenPass.slots] = number
        acknowledge(.patch)
    }

    func beginMassUpdate() -> Int { massUpdates.next() }

    func acknowledgeMassUpdate(_ number: Int) {
        massUpdates.acknowledge(number)
        acknowledge(.massUpdate)
    }

    func beginCampaign() -> Int { campaign.next() }

    func acknowledgeCampaign(_ number: Int) {
        campaign.acknowledge(number)
        acknowledge(.campaign)
    }

    func acknowledge(registration isThere: Bool, device: String, serialNumber: String) {
        registrations["\(device) \(serialNumber)"] = isThere
        if isThere {
            passes[serialNumber]?.registrations += 1
        } else {
            passes[serialNumber]?.removals += 1
        }
        acknowledge(isThere ? .registration : .unregistration)
    }

    /// The serial numbers of passes that mass updates and changes reach.
    var steady: [String] { passes.filter(\.value.isSteady).keys.sorted() }

    /// How many writes were acknowledged, and how many were not answered.
    var sums: (acknowledged: Int, unanswered: Int) {
        (acknowledged.values.reduce(0, +), unanswered.values.reduce(0, +))
    }
}
