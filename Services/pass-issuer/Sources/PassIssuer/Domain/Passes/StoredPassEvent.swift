import Contracts
import HTTPTypes

/// A step in the life of a pass that this service writes down.
struct StoredPassEvent: Sendable, Hashable {
    let serialNumber: SerialNumber
    let at: Instant
    let kind: PassEventKind
    let detail: String

    /// The detail of a download.
    static let downloadDetail = "Its package was loaded by a link."

    /// Its package was served by a link.
    static func downloaded(_ serialNumber: SerialNumber, at now: Instant) -> StoredPassEvent {
        StoredPassEvent(serialNumber: serialNumber, at: now, kind: .downloaded, detail: downloadDetail)
    }

    /// Phones see another pass.
    static func changed(_ transition: PassTransition) -> StoredPassEvent {
        StoredPassEvent(
            serialNumber: transition.new.serialNumber, at: transition.new.updatedAt, kind: .changed,
            detail: transition.cause.detail)
    }
}
