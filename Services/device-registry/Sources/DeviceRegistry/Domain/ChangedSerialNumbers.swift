import Contracts

/// What changed for a device since the tag that it knew.
struct ChangedSerialNumbers: Sendable, Equatable {
    /// The changed passes among those that the device registered, in order.
    let serialNumbers: [SerialNumber]
    /// The clock in the same snapshot: nothing that changed up to it is missing from the list.
    let lastUpdated: UpdateTag
}
