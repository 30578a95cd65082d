import HTTPTypes

extension IPhone {
    /// Repeats the calls that failed and are due by now.
    @discardableResult
    public func repeatDue() async throws(PhoneRefusal) -> [PassUpdate] {
        let time = now()
        func isDue(_ retry: Retry?) -> Bool { retry.map { $0.dueAt <= time } ?? false }
        for removed in contents.removed where isDue(removed.retry) { try await unregister(removed) }
        for installed in contents.passes where isDue(installed.registrationRetry) {
            try await register(installed.pass)
        }
        var updates: [PassUpdate] = []
        for service in contents.services where isDue(service.retry) {
            updates += try await askWhatChanged(service, pushed: false)
        }
        for installed in contents.passes where installed.needsFetch && isDue(installed.fetchRetry) {
            guard let service = contents.service(of: installed.pass) else { continue }
            updates.append(try await fetch(installed.pass.serialNumber, from: service, wasListed: false))
        }
        return updates
    }

    /// When the next of the calls that failed is due; nil when there is none.
    public var nextDue: Instant? {
        let retries =
            contents.removed.map(\.retry) + contents.services.map(\.retry)
            + contents.passes.flatMap { [$0.registrationRetry, $0.needsFetch ? $0.fetchRetry : nil] }
        return retries.compactMap { $0?.dueAt }.min()
    }
}
