/// When a lane takes messages, how many, and when it rests; a lane whose service is away asks it rarely and one at a time.
struct OutboxSchedule: Sendable {
    /// What became of a message.
    enum Outcome: Sendable, Hashable {
        case taken
        /// This message was refused; others may fare better.
        case refused
        /// The service can't be asked, or takes nothing now.
        case unavailable
    }

    /// What a lane waits for.
    enum Event: Sendable, Hashable {
        /// A message is done with, for now.
        case settled(Outcome)
        /// A rest is over.
        case rested
    }

    /// How long a lane rests.
    enum Rest: Sendable, Hashable {
        /// So long at most: a message that is left meanwhile ends it.
        case untilWoken(atMost: Duration)
        case whole(Duration)
    }

    /// How long it rests at most when nothing is due.
    static let rest = Duration.milliseconds(200)
    /// How long it rests at most while its service is away.
    static let longestRest = Duration.seconds(5)

    private let width: Int
    private var underway = 0
    private var mayTake = true
    private var isResting = false
    private(set) var faults = 0

    init(width: Int) {
        self.width = width
    }

    /// How many messages to take now; when little is free it waits, so that it takes several with one statement.
    var wanted: Int {
        guard mayTake else { return 0 }
        if faults > 0 { return underway == 0 ? 1 : 0 }
        let free = width - underway
        return free * 2 >= width ? free : 0
    }

    /// Notes how many messages there were; fewer than wanted means that none is left.
    mutating func took(_ count: Int, of wanted: Int) {
        underway += count
        mayTake = count == wanted
    }

    /// How long to rest from now on; nil when there is no reason to, or a rest has begun.
    mutating func beginRest() -> Rest? {
        guard !mayTake, !isResting else { return nil }
        isResting = true
        if faults == 0 { return .untilWoken(atMost: Self.rest) }
        return .whole(min(Self.rest * (1 << min(faults, 5)), Self.longestRest))
    }

    /// Notes what happened.
    /// - Returns: whether there is anything to wait for, which there is as long as messages are taken or it rests.
    mutating func note(_ event: Event?) -> Bool {
        switch event {
        case .rested?:
            isResting = false
            mayTake = true
        case .settled(let outcome)?:
            underway -= 1
            settle(outcome)
        case nil: return false
        }
        return true
    }

    private mutating func settle(_ outcome: Outcome) {
        switch outcome {
        case .taken: faults = 0
        case .refused: break
        case .unavailable:
            faults += 1
            mayTake = false
        }
    }
}
