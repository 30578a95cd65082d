import Contracts

/// Says to the device registry that phones must fetch these passes.
struct PassesChanged: Sendable, Hashable, Codable {
    let passTypeIdentifier: PassTypeIdentifier
    let serialNumbers: [SerialNumber]
    /// Whether they were erased and are somebody's again.
    var revives: Bool?
    /// Of a pass that is somebody's again: its version since then.
    var version: Int?
}
