import HTTPTypes
import Synchronization

/// How each topic has fared on this replica, from one run to the next.
final class SendingWindows: Sendable {
    private struct Entry {
        let revision: Int
        let window: SendingWindow
    }

    private let entries = Mutex<[Int: Entry]>([:])

    /// What is known of a topic under its credentials; what others have done says nothing.
    func window(of topic: DueTopic) -> SendingWindow? {
        entries.withLock { entries in
            guard let entry = entries[topic.number], entry.revision == topic.revision else { return nil }
            return entry.window
        }
    }

    /// Keeps how a topic has fared.
    func keep(_ window: SendingWindow, of topic: DueTopic) {
        entries.withLock { $0[topic.number] = Entry(revision: topic.revision, window: window) }
    }

    /// Forgets how a topic has fared: someone says that it is worth another try.
    func forget(_ number: Int) {
        entries.withLock { $0[number] = nil }
    }

    /// Whether a topic rests.
    func rests(_ topic: DueTopic, at now: Instant) -> Bool {
        window(of: topic)?.rests(at: now) ?? false
    }
}
