/// Passes whose contact was erased.
public struct GoogleErasuresRequest: Codable, Hashable, Sendable {
    /// The most passes that one call names.
    public static let maximumCount = 200

    /// The passes.
    public var serialNumbers: [SerialNumber]
    /// Those of them that can be made, void and without anything of the person.
    public var objects: [GoogleObjectUpdate]

    /// Makes a request.
    public init(serialNumbers: [SerialNumber], objects: [GoogleObjectUpdate]) {
        self.serialNumbers = serialNumbers
        self.objects = objects
    }
}
