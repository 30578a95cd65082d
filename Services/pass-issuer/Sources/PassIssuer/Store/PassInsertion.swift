/// A new pass on its way into the store.
struct PassInsertion: Sendable {
    let pass: Pass
    /// Those of its contact, who must not have been erased since its link was made.
    let contactHashes: [String]
}
