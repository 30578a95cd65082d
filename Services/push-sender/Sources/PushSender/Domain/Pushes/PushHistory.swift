import Contracts
import HTTPTypes

/// A push from when it was told to what became of it.
struct PushHistory: Sendable, Hashable {
    let queuedAt: Instant
    /// Nil while it waits or is on its way.
    let endedAt: Instant?
    let attempts: Int
    let apnsID: String
    /// Why APNs refused it, or why it still waits.
    let reason: String?

    /// The reason of a push that was given up for want of credentials.
    static let noCredentials = "NoCredentials"

    /// Its steps.
    var events: [PassEvent] {
        var events = [PassEvent(at: queuedAt, kind: .pushQueued, detail: waiting)]
        if let endedAt {
            events.append(
                PassEvent(at: endedAt, kind: reason == nil ? .pushAccepted : .pushRejected, detail: ending))
        }
        return events
    }

    /// The newest steps of pushes, oldest first.
    static func events(of pushes: [PushHistory], limit: Int) -> [PassEvent] {
        // A push that ended within the microsecond it was told in is told first all the same.
        let events = pushes.flatMap(\.events).enumerated().sorted {
            ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }
        return events.suffix(limit).map(\.element)
    }

    private var waiting: String {
        guard endedAt == nil else { return "The push waited to be sent." }
        guard let reason else { return "The push waits to be sent." }
        return "The push waits to be sent again after \(times): \(reason)."
    }

    private var ending: String {
        guard let reason else { return "APNs took the push \(apnsID) (\(times))." }
        if reason == Self.noCredentials {
            return "The push was given up: its pass type had no credentials for 30 days."
        }
        return "APNs refused the push \(apnsID): \(reason) (\(times))."
    }

    private var times: String { attempts == 1 ? "1 attempt" : "\(attempts) attempts" }
}
