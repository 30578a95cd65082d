import HTTPTypes

extension IPhone {
    /// Waits for pushes and follows them, and repeats what failed when it is due, until a condition holds or the time is over.
    ///
    /// - Parameters:
    ///   - observe: told of each push, before it is followed.
    ///   - isDone: asked after each push and each repetition, with what they brought.
    /// - Returns: what became of passes.
    public func watch(
        _ pushService: PushService, within duration: Duration, observe: @escaping @Sendable (Push) -> Void = { _ in },
        until isDone: @Sendable ([PassUpdate]) -> Bool
    ) async throws -> [PassUpdate] {
        let end = ContinuousClock.now + duration
        var updates: [PassUpdate] = []
        while ContinuousClock.now < end, !Task.isCancelled {
            for push in try await nextPushes(pushService, within: end - .now) {
                observe(push)
                updates += try await receive(push)
            }
            updates += try await repeatDue()
            if isDone(updates) { break }
        }
        return updates
    }

    /// One short wait at all web services at once; a push service that is away is met again a moment later.
    private func nextPushes(_ pushService: PushService, within rest: Duration) async throws -> [Push] {
        let seconds = max(0, min(Int(rest / .seconds(1)), 2))
        let services = contents.services
        let deliveries = await withTaskGroup(of: (Int, PushService.Delivery?).self) { group in
            for (place, service) in services.enumerated() {
                group.addTask {
                    // Without an answer nothing came; the wait goes on.
                    let delivery = try? await pushService.pushes(
                        for: service.pushToken, after: service.pushSequence ?? 0, waitSeconds: seconds)
                    return (place, delivery)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        if !deliveries.contains(where: { $0.1 != nil }) { try await Task.sleep(for: .milliseconds(200)) }
        for (place, delivery) in deliveries {
            if let delivery { contents.services[place].pushSequence = delivery.sequence }
        }
        try directory.save(contents)
        return deliveries.flatMap { $0.1?.pushes ?? [] }
    }
}
