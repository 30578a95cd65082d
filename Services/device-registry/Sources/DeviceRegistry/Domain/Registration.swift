import Contracts

/// A pass on a device.
struct Registration: Sendable, Hashable {
    let device: DeviceLibraryIdentifier
    let pass: PassReference
}
