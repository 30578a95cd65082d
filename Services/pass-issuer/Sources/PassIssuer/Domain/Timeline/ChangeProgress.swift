import Contracts
import HTTPTypes

/// Finds the step that the newest change of a pass still lacks.
struct ChangeProgress: Sendable {
    /// A phone that has the pass, with its own steps and those of its pushes.
    struct Device: Sendable {
        /// Whether APNs reaches it.
        let isPushed: Bool
        let events: [PassEvent]
    }

    /// When phones last had something new to fetch.
    let change: Instant?
    let devices: [Device]
    /// The pass's steps at Google.
    let google: [PassEvent]
    /// Whether push-sender could be asked; if not, the steps of pushes are left out.
    let knowsPushes: Bool

    /// The first step that is lacking, for whoever is furthest behind; nil when everybody has the newest pass.
    var waitingFor: PassEventKind? {
        guard let change else { return nil }
        let lacking =
            devices.compactMap { step(of: $0, since: change) } + [googleStep(since: change)].compactMap(\.self)
        return lacking.min { Self.rank($0) < Self.rank($1) }
    }

    private func step(of device: Device, since change: Instant) -> PassEventKind? {
        let since = Set(device.events.filter { $0.at >= change }.map(\.kind))
        if since.contains(.fetched) || since.contains(.notModified) { return nil }
        if since.contains(.changesListed) { return .fetched }
        guard device.isPushed, knowsPushes, !since.contains(.pushAccepted) else { return .changesListed }
        if since.contains(.pushQueued) || since.contains(.pushRejected) { return .pushAccepted }
        // A push that has been waiting since before the change carries it too: it has no content.
        let pushes: Set<PassEventKind> = [.pushQueued, .pushAccepted, .pushRejected]
        let last = device.events.filter { pushes.contains($0.kind) }.max { $0.at < $1.at }
        return last?.kind == .pushQueued ? .pushAccepted : .pushQueued
    }

    /// Google's servers bring an object to its phones; what is ours to do is to write it.
    private func googleStep(since change: Instant) -> PassEventKind? {
        let last = google.filter { $0.kind == .googleSaved || $0.kind == .googleDeleted }.max { $0.at < $1.at }
        guard last?.kind == .googleSaved else { return nil }
        return google.contains { $0.kind == .googleWritten && $0.at >= change } ? nil : .googleWritten
    }

    /// The order of the steps.
    private static func rank(_ kind: PassEventKind) -> Int {
        PassEventKind.allCases.firstIndex(of: kind) ?? 0
    }
}
