import Contracts
import HTTPTypes

/// The steps of a pass from all services, brought into one order.
struct Timeline: Sendable {
    private var steps: [(service: String, event: PassEvent)] = []
    private(set) var missing: Set<String> = []

    /// Adds what a service saw; nil when it can't be asked.
    mutating func add(_ events: [PassEvent]?, from service: String) {
        guard let events else {
            missing.insert(service)
            return
        }
        steps += events.map { (service, $0) }
    }

    /// The answer, oldest step first; steps of the same instant in the order in which they follow each other.
    func answer(waitingFor: PassEventKind?) -> TimelineAnswer {
        let sorted = steps.sorted { left, right in
            (left.event.at, Self.rank(left.event.kind)) < (right.event.at, Self.rank(right.event.kind))
        }
        return TimelineAnswer(
            events: sorted.map { service, event in
                TimelineEvent(
                    at: event.at, service: service, kind: event.kind, detail: event.detail,
                    deviceLibraryIdentifier: event.deviceLibraryIdentifier)
            }, waitingFor: waitingFor, missing: missing.isEmpty ? nil : missing.sorted())
    }

    private static func rank(_ kind: PassEventKind) -> Int {
        PassEventKind.allCases.firstIndex(of: kind) ?? 0
    }
}
