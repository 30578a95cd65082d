import Contracts

/// An erased pass that other services are asked about.
struct ErasurePass: Sendable, Hashable {
    let serialNumber: SerialNumber
    let passType: PassTypeIdentifier?
    let isGoogle: Bool
    /// The version with which it was emptied; nil where an older release did it.
    let version: Int?
}
