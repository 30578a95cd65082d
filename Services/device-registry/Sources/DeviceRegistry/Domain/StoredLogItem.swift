import Contracts

/// An item of the device log with its place.
struct StoredLogItem: Sendable {
    /// Grows with each line.
    let position: Int64
    let item: DeviceLogItem
}
