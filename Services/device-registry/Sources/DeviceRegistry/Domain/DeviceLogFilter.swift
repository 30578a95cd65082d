import Contracts

/// Which lines of the device log are wanted; nil means all.
struct DeviceLogFilter: Sendable {
    var passTypeIdentifier: PassTypeIdentifier?
    var serialNumber: SerialNumber?
    var kind: DeviceLogKind?
}
