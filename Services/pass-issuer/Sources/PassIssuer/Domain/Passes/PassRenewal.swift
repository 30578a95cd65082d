import Contracts
import HTTPTypes

/// Decides what becomes of passes of one version of a campaign: they are made of the newest version, or stay with the
/// one that they have when their data don't fit the newest.
struct PassRenewal: Sendable {
    /// The version that the passes have now.
    let current: IssuableCampaign
    /// The version that they are brought to.
    let newest: IssuableCampaign
    private let sharesFiles: Bool
    private let sharesForm: Bool
    /// Whether the newest version shows every pass otherwise, whatever its data are.
    private let changesAll: Bool

    init(from current: IssuableCampaign, to newest: IssuableCampaign) {
        self.current = current
        self.newest = newest
        let isSame = current.version == newest.version
        sharesFiles = isSame || Self.haveSame(\.lines, current, newest)
        sharesForm = isSame || Self.haveSame(\.formLines, current, newest)
        changesAll =
            !isSame && newest.content.pass.differsAlways(from: current.content.pass, apartFrom: "voided")
    }

    /// What becomes of a pass with these data.
    /// - Throws: ``IssuingError/faultyPass(_:)`` when phones would refuse it in either version.
    func transition(
        of old: Pass, to data: Pass, because cause: ChangeCause, at now: Instant
    ) throws(IssuingError) -> PassTransition {
        do throws(IssuingError) {
            let content = try newest.check(data)
            return transition(of: old, to: data, content, of: newest, refusal: nil, because: cause, at: now)
        } catch {
            guard case .faultyPass(let faults) = error, newest.version != current.version else { throw error }
            let content = try current.check(data)
            return transition(of: old, to: data, content, of: current, refusal: faults, because: cause, at: now)
        }
    }

    private func transition(
        of old: Pass, to data: Pass, _ content: PassContent, of campaign: IssuableCampaign, refusal: [PassFault]?,
        because cause: ChangeCause, at now: Instant
    ) -> PassTransition {
        var new = data
        new.campaignVersion = campaign.version
        new.expiresAt = IssuableCampaign.expiry(of: content, known: old.expiresAt, at: now)
        let before = before(old, new, content)
        var changes: Set<Platform> = []
        if showsAnotherPackage(before, new, content, of: campaign) { changes.insert(.apple) }
        if new.platforms.contains(.google), showsAnotherObject(before, new, campaign) { changes.insert(.google) }
        if new != old {
            // Last-Modified is the package's alone; an object at Google has none.
            new = new.stamped(over: old, movesPackage: changes.contains(.apple), at: now)
        }
        changes.formIntersection(new.platforms)
        if !changes.isEmpty { new.changedAt = now }
        return PassTransition(
            old: old, new: new, changes: changes, cause: cause, campaign: campaign, refusal: refusal)
    }

    /// A pass as it was, with what it showed; nil when it can't be made any more, or all passes change, so that whatever
    /// replaces it is new.
    ///
    /// Most changes differ from it, so whether phones would take it still is asked of those alone that do not.
    private struct Before {
        let pass: Pass
        let content: PassContent?
        /// Whether the content is known to be one that phones take.
        let isChecked: Bool
    }

    private func before(_ old: Pass, _ new: Pass, _ content: PassContent) -> Before {
        if changesAll, new.campaignVersion == newest.version, !new.platforms.contains(.google) {
            return Before(pass: old, content: nil, isChecked: false)
        }
        let hasSameSource =
            new.campaignVersion == old.campaignVersion && new.contact == old.contact && new.voucher == old.voucher
        return Before(
            pass: old, content: hasSameSource ? content : current.unchecked(old), isChecked: hasSameSource)
    }

    /// Whether the package would hold anything else than the old one, identity and signature apart.
    private func showsAnotherPackage(
        _ before: Before, _ new: Pass, _ content: PassContent, of campaign: IssuableCampaign
    ) -> Bool {
        let isOfAnotherVersion = new.campaignVersion != before.pass.campaignVersion
        if isOfAnotherVersion, !sharesFiles { return true }
        guard let old = before.content else { return true }
        let asksOwner = campaign.asksOwner(of: new, showing: content)
        if asksOwner != current.asksOwner(of: before.pass, showing: old) { return true }
        if asksOwner, isOfAnotherVersion, !sharesForm { return true }
        guard content.isSame(as: old, voided: new.voided, before: before.pass.voided) else { return true }
        return !before.isChecked && (try? current.check(before.pass)) == nil
    }

    /// Whether Google would be told anything else of the pass than before.
    private func showsAnotherObject(_ before: Before, _ new: Pass, _ campaign: IssuableCampaign) -> Bool {
        guard before.content != nil, var old = try? current.googleObject(of: before.pass),
            let next = try? campaign.googleObject(of: new)
        else { return campaign.google != nil }
        (old.version, old.campaignVersion) = (next.version, next.campaignVersion)
        return old != next
    }

    /// Whether the packages of both versions share some of their files.
    private static func haveSame(
        _ lines: KeyPath<CampaignAssets, [ManifestLine]>, _ left: IssuableCampaign, _ right: IssuableCampaign
    ) -> Bool {
        guard let left = try? left.apple.get(), let right = try? right.apple.get() else { return true }
        return left.packages.assets[keyPath: lines] == right.packages.assets[keyPath: lines]
    }
}
