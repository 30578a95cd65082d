extension WalletPlatform {
    /// Starts all services of an earlier release on a schema of its time, and waits until they are ready.
    public func startPrevious(_ release: PreviousRelease) async throws {
        try apns.start()
        for service in services {
            if release.hasOwners {
                let outcome = try await service.migrate(to: release)
                guard outcome.status == 0 else { throw ProgramFailure(description: outcome.output) }
            }
            try await service.start()
            try lead(to: service)
        }
        for service in services { try await service.waitUntilReady(client: client) }
    }

    /// Leads whoever comes to a service from now on to this process of it.
    public func lead(to process: ServiceProcess) throws {
        guard let doors, let service = services.first(where: { $0.name == process.name }) else { return }
        for (door, setting) in [(service.internalURL, "INTERNAL_PORT"), (service.publicURL, "PUBLIC_PORT")] {
            guard let door = door.flatMap(Self.port), let port = process.settings[setting].flatMap({ Int($0) }) else {
                continue
            }
            try doors.lead(door, to: port)
        }
    }

    private static func port(_ url: String) -> Int? { url.split(separator: ":").last.flatMap { Int($0) } }
}
