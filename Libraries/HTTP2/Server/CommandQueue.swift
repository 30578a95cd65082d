/// Commands that wait for their time, the earliest first.
struct CommandQueue {
    private struct Entry {
        let time: ContinuousClock.Instant
        let command: ServerCommand
    }

    /// The earliest one last.
    private var entries: [Entry] = []

    /// When the first one is due.
    var next: ContinuousClock.Instant? { entries.last?.time }

    /// Adds one; those of the same time keep their order.
    mutating func add(_ command: ServerCommand, at time: ContinuousClock.Instant) {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].time > time { low = middle + 1 } else { high = middle }
        }
        entries.insert(Entry(time: time, command: command), at: low)
    }

    /// Takes the first one if it is due.
    mutating func popDue(at now: ContinuousClock.Instant) -> ServerCommand? {
        guard let last = entries.last, last.time <= now else { return nil }
        entries.removeLast()
        return last.command
    }
}
