import Contracts
import HTTPServer
import HTTPTypes

/// Gathers the life of a pass from all services. One that can't be asked in time is named, and left out.
struct TimelineReading: Sendable {
    let passes: PassStore
    let campaigns: CampaignStore
    let events: PassEventStore
    let registry: DeviceRegistryClient
    let pushSender: PushSenderClient
    let googleBridge: GoogleBridgeClient

    /// How many steps of a pass each service tells at most.
    static let limit = 1_000
    /// How many push tokens are asked about at once.
    static let parallel = 16

    /// A device with the steps of its pushes; nil when push-sender can't be asked.
    private typealias Pushes = (device: RegisteredDevice, events: [PassEvent]?)

    /// The life of a pass.
    func timeline(of serialNumber: SerialNumber, on behalf: HTTPRequest) async throws -> TimelineAnswer {
        guard let pass = try await passes.pass(serialNumber),
            let standing = try await campaigns.standing(of: pass.campaign)
        else { throw IssuingError.unknownPass }
        async let stored = events.events(of: serialNumber, limit: Self.limit)
        async let google = googleEvents(of: pass, standing, on: behalf)
        async let installed = installations(of: pass, standing, on: behalf)

        var timeline = Timeline()
        let issued = PassEvent(at: pass.createdAt, kind: .issued, detail: "A link made it.")
        timeline.add([issued] + (try await stored), from: "pass-issuer")
        let (atRegistry, pushes) = await installed
        timeline.add(atRegistry, from: OutboxDestination.deviceRegistry.rawValue)
        for push in pushes { timeline.add(push.events, from: OutboxDestination.pushSender.rawValue) }
        let atGoogle = await google
        timeline.add(atGoogle, from: OutboxDestination.googleBridge.rawValue)
        let progress = ChangeProgress(
            change: pass.changedAt, devices: Self.devices(pushes, atRegistry ?? []), google: atGoogle ?? [],
            knowsPushes: pushes.allSatisfy { $0.events != nil })
        return timeline.answer(waitingFor: progress.waitingFor)
    }

    private static func devices(_ pushes: [Pushes], _ events: [PassEvent]) -> [ChangeProgress.Device] {
        pushes.map { device, pushEvents in
            let own = events.filter { $0.deviceLibraryIdentifier == device.deviceLibraryIdentifier }
            return ChangeProgress.Device(isPushed: device.pushToken != nil, events: own + (pushEvents ?? []))
        }
    }

    private func googleEvents(
        of pass: Pass, _ standing: CampaignStanding, on behalf: HTTPRequest
    ) async -> [PassEvent]? {
        guard standing.issuer.hasGoogle, pass.platforms.contains(.google) else { return [] }
        return await googleBridge.events(of: pass.serialNumber, on: behalf)
    }

    /// What the registry saw, and the devices with the steps of their pushes.
    private func installations(
        of pass: Pass, _ standing: CampaignStanding, on behalf: HTTPRequest
    ) async -> ([PassEvent]?, [Pushes]) {
        guard let passType = standing.issuer.passTypeIdentifier else { return ([], []) }
        guard let answer = await registry.events(of: pass.serialNumber, passType: passType, on: behalf) else {
            return (nil, [])
        }
        return (answer.events, await pushes(to: answer.devices, passType, since: pass.createdAt, on: behalf))
    }

    private func pushes(
        to devices: [RegisteredDevice], _ passType: PassTypeIdentifier, since instant: Instant, on behalf: HTTPRequest
    ) async -> [Pushes] {
        await withTaskGroup(of: Pushes.self) { group in
            var waiting = devices.makeIterator()
            for device in devices.prefix(Self.parallel) {
                _ = waiting.next()
                group.addTask { await ask(device, passType, since: instant, on: behalf) }
            }
            var pushes: [Pushes] = []
            while let answer = await group.next() {
                pushes.append(answer)
                // Once it can't be asked, it is not asked a hundred times.
                if answer.events != nil, let device = waiting.next() {
                    group.addTask { await ask(device, passType, since: instant, on: behalf) }
                }
            }
            return pushes
        }
    }

    private func ask(
        _ device: RegisteredDevice, _ passType: PassTypeIdentifier, since instant: Instant, on behalf: HTTPRequest
    ) async -> Pushes {
        guard let token = device.pushToken else { return (device, []) }
        var events = await pushSender.events(of: token, passType: passType, on: behalf)
        // The token is the device's, and its pushes are of all its passes.
        events?.removeAll { $0.at < instant }
        for index in (events ?? []).indices {
            events?[index].deviceLibraryIdentifier = device.deviceLibraryIdentifier
        }
        return (device, events)
    }
}
