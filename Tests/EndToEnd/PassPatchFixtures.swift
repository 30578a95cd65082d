import Contracts

/// Changes of passes.
enum PassPatchFixtures {
    /// The pass shows so many points.
    static func points(_ number: Int) -> PassPatch {
        PassPatch(voucher: .value(["points": .number(.init(number))]))
    }
}
