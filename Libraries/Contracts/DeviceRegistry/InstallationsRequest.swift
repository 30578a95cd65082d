/// Asks on how many devices passes are, 500 passes at most.
public struct InstallationsRequest: Codable, Hashable, Sendable {
    /// The pass type of all of them.
    public var passTypeIdentifier: PassTypeIdentifier
    /// The passes.
    public var serialNumbers: [SerialNumber]

    /// Makes a request.
    public init(passTypeIdentifier: PassTypeIdentifier, serialNumbers: [SerialNumber]) {
        self.passTypeIdentifier = passTypeIdentifier
        self.serialNumbers = serialNumbers
    }

    /// How many serial numbers a request may hold.
    public static let maximumCount = 500
}
