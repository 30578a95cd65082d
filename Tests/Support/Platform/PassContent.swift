import JSON

/// pass.json of a package, as far as the tests look at it.
public struct PassContent: Sendable, Hashable {
    /// All of it.
    public let json: JSONValue

    /// Reads the package; nil when it holds no pass.json.
    public init?(package: [UInt8]) {
        guard let bytes = StoredArchive(package)?.files["pass.json"], let json = try? JSON.parse(bytes) else {
            return nil
        }
        self.json = json
    }

    /// Takes pass.json as it was read.
    public init(_ json: JSONValue) {
        self.json = json
    }

    /// The serial number.
    public var serialNumber: String { json["serialNumber"]?.stringValue ?? "" }
    /// What opens the web service for it.
    public var authenticationToken: String { json["authenticationToken"]?.stringValue ?? "" }
    /// The pass type.
    public var passTypeIdentifier: String { json["passTypeIdentifier"]?.stringValue ?? "" }

    /// The value of a field of the store card, wherever it stands.
    public func field(_ key: String) -> JSONValue? {
        guard case .object(let groups)? = json["storeCard"] else { return nil }
        for (_, group) in groups {
            for field in group.arrayValue ?? [] where field["key"]?.stringValue == key { return field["value"] }
        }
        return nil
    }

    /// The points that the pass shows.
    public var points: Int? { field("points")?.intValue }
}
