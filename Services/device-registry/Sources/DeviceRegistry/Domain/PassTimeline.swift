import Contracts
import HTTPTypes

/// The steps of one pass in their order, each with its device.
enum PassTimeline {
    /// How many steps are told, the newest.
    static let maximumCount = 1_000

    /// Joins what was recorded with what phones reported, oldest first.
    ///
    /// A request for a package names no device. It counts for the device that asked last and was told of the pass; of
    /// several that asked, each gets one, the last first: two phones that ask at once are both seen to fetch.
    static func events(_ recorded: [RecordedPassEvent], logs: [DeviceLogItem]) -> [PassEvent] {
        var waiting: [DeviceLibraryIdentifier] = []
        var last: DeviceLibraryIdentifier?
        var events: [PassEvent] = []
        for event in recorded.sorted(by: { $0.at < $1.at }) {
            switch event.kind {
            case .changesListed:
                guard let device = event.device else { break }
                waiting.removeAll { $0 == device }
                waiting.append(device)
                last = device
            case .unregistered, .rejected: waiting.removeAll { $0 == event.device }
            case .fetched, .notModified: last = waiting.popLast() ?? last
            case .registered: break
            }
            let isFetch = event.kind == .fetched || event.kind == .notModified
            events.append(event.told(of: isFetch ? last : nil))
        }
        events += logs.map { PassEvent(at: $0.at, kind: .deviceLog, detail: "\($0.kind): \($0.meaning)") }
        return Array(events.sorted { $0.at < $1.at }.suffix(maximumCount))
    }
}
