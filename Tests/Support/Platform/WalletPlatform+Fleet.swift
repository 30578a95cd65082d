import Contracts
import HTTPClient
import IPhoneSimulator

extension WalletPlatform {
    /// A fleet whose phones get their pushes from the platform's APNs while it runs (`run`).
    public func makeFleet() throws -> PhoneFleet {
        PhoneFleet(
            webServiceURL: registry.publicURL ?? "", passTypeIdentifier: PassAuthority.passType, client: client)
    }

    /// Makes passes of the demo campaign, registers them and returns the phones, each with so many.
    public func addPhones(_ count: Int, passes: Int = 1, to fleet: PhoneFleet) async throws -> [FleetPhone] {
        let links = try await links(
            (0..<count * passes).map { _ in
                let person = Person()
                return LinkRequest(
                    id: person.id, campaignId: Self.campaign, platform: .apple, contact: person.contact,
                    voucher: ["points": 0])
            })
        var rest = links[...]
        var phones: [FleetPhone] = []
        for _ in 0..<count {
            var tokens: [String: String] = [:]
            for link in rest.prefix(passes) {
                let answer = try await open(link)
                guard let content = PassContent(package: answer.body) else {
                    throw ProgramFailure(description: "no package came: \(answer.status)")
                }
                tokens[content.serialNumber] = content.authenticationToken
                confide(content.authenticationToken)
            }
            rest = rest.dropFirst(passes)
            let phone = FleetPhone(
                pushToken: try apns.simulator.mintToken(topic: PassAuthority.passType), passes: tokens)
            confide(phone.pushToken)
            confide(phone.deviceLibraryIdentifier)
            phones.append(phone)
            await fleet.add(phone)
        }
        await fleet.register()
        return phones
    }

    /// Brings a fleet its pushes and lets it follow them, for the time of a body.
    public func run<T>(_ fleet: PhoneFleet, _ body: () async throws -> T) async throws -> T {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await fleet.run() }
            group.addTask { try await self.bringPushes(to: fleet) }
            let value = try await body()
            group.cancelAll()
            return value
        }
    }

    private func bringPushes(to fleet: PhoneFleet) async throws {
        var sequence = 0
        while !Task.isCancelled {
            // While APNs is down nothing comes; another one counts anew.
            let pushes = (try? apns.simulator.pushes(after: sequence)) ?? []
            if pushes.isEmpty, ((try? apns.simulator.counters.accepted) ?? 0) < sequence { sequence = 0 }
            for push in pushes {
                await fleet.receive(Push(passTypeIdentifier: push.topic, pushToken: push.token))
                sequence = push.sequence
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}

extension FleetPhone.HeldPass {
    /// The points that the pass shows; nil before the first fetch.
    public var points: Int? { content.flatMap { PassContent($0).points } }
}
