/// What a connection does between the statements of its users.
extension ConnectionWorker {
    /// Has the server give its plans up now and then: one that was made while a table was empty knows no better until
    /// autovacuum has looked, and may go through all of it for each row.
    func planAnew(
        before assignment: PoolState.Assignment, at now: Int64, on connection: borrowing Connection
    ) -> Bool {
        guard isolation == nil, !assignment.jobs.isEmpty, now - plannedAt > core.configuration.planLifetime.nanoseconds
        else { return true }
        plannedAt = now
        inFlight.append(Operation(job: nil, steps: [.execute]))
        return connection.send("DISCARD PLANS") && connection.sync()
    }

    /// Has the server forget statements that nobody uses any more.
    func discard(on connection: borrowing Connection) -> Bool {
        for name in discarded {
            inFlight.append(Operation(job: nil, steps: [.execute]))
            guard connection.send("DEALLOCATE \(SQL.quoted(name))"), connection.sync() else { return false }
        }
        discarded.removeAll(keepingCapacity: true)
        return true
    }
}
