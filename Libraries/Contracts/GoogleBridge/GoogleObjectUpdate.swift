/// One changed pass of a batch.
public struct GoogleObjectUpdate: Codable, Hashable, Sendable {
    /// The pass.
    public var serialNumber: SerialNumber
    /// Its content; the members stand beside the serial number.
    public var object: GoogleObjectRequest

    /// Names a changed pass.
    public init(serialNumber: SerialNumber, object: GoogleObjectRequest) {
        self.serialNumber = serialNumber
        self.object = object
    }

    private enum CodingKeys: String, CodingKey {
        case serialNumber
    }

    /// Reads the serial number and the content's members.
    public init(from decoder: any Decoder) throws {
        object = try GoogleObjectRequest(from: decoder)
        serialNumber = try decoder.container(keyedBy: CodingKeys.self).decode(SerialNumber.self, forKey: .serialNumber)
    }

    /// Writes the serial number and the content's members.
    public func encode(to encoder: any Encoder) throws {
        try object.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(serialNumber, forKey: .serialNumber)
    }
}
