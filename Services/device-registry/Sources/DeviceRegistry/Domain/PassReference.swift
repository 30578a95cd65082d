import Contracts

/// A pass, by what makes it unique.
struct PassReference: Sendable, Hashable {
    let passTypeIdentifier: PassTypeIdentifier
    let serialNumber: SerialNumber
}
