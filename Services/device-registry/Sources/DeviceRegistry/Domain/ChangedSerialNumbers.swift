import Contracts
import HTTPTypes

/// What changed for a device since the tag that it knew.
struct ChangedSerialNumbers: Sendable, Equatable {
    /// The changed passes among those that the device registered, in order.
    let serialNumbers: [SerialNumber]
    /// The clock in the same snapshot: nothing that changed up to it is missing from the list.
    let lastUpdated: UpdateTag

    /// How many passes of one list become events; nobody has more of one kind, and a list costs nobody anything.
    static let maximumEvents = 100

    /// What a timeline says of it.
    func events(
        of type: PassTypeIdentifier, for device: DeviceLibraryIdentifier, at instant: Instant
    ) -> [RecordedPassEvent] {
        serialNumbers.prefix(Self.maximumEvents).map { serialNumber in
            RecordedPassEvent(
                at: instant, kind: .changesListed,
                pass: PassReference(passTypeIdentifier: type, serialNumber: serialNumber), device: device,
                tag: lastUpdated.clock)
        }
    }
}
