import Contracts

/// A line of a mass update.
struct StoredPassUpdate: Sendable, Hashable {
    /// Its number, from 1.
    let line: Int
    let serialNumber: SerialNumber
    let patch: PassPatch
}
