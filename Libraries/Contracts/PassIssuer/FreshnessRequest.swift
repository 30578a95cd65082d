/// Asks which packages that phones have are the newest, 500 at most.
public struct FreshnessRequest: Codable, Hashable, Sendable {
    /// How many packages a request may name.
    public static let maximumCount = 500

    /// The packages.
    public var packages: [KnownPackage]

    /// Makes a request.
    public init(packages: [KnownPackage]) {
        self.packages = packages
    }
}
