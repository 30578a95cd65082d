import Contracts
import HTTPTypes

/// A step of a pass on a device as it is kept; its words are added when it is told.
struct RecordedPassEvent: Sendable, Equatable {
    /// What happened. The names stand in the table, and in the functions of the schema.
    enum Kind: String, Sendable, CaseIterable {
        case registered, unregistered, rejected, changesListed, fetched, notModified
    }

    let at: Instant
    let kind: Kind
    let pass: PassReference
    /// The device, where the request names one.
    var device: DeviceLibraryIdentifier?
    /// The tag that the device was told, or that its registration got.
    var tag: Int64?
}
