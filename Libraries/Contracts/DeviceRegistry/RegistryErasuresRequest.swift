/// Passes whose contact was erased, and that are void at the issuer already.
public struct RegistryErasuresRequest: Codable, Hashable, Sendable {
    /// The most passes that one call names.
    public static let maximumCount = 1_000

    /// The passes.
    public var passes: [ErasedPass]

    /// Makes a request.
    public init(passes: [ErasedPass]) {
        self.passes = passes
    }
}
