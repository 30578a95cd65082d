import Cryptography

/// Whose signatures phones believe.
struct PassAuthorities: Sendable {
    /// The certificates that end a chain.
    let anchors: [Certificate]
    /// Whether they are Apple's, so that what is known of Apple's intermediates holds.
    let areApples: Bool

    /// Apple's roots: what real phones believe.
    static let apple = PassAuthorities(anchors: AppleAuthority.roots, areApples: true)

    /// Others, for tests and demonstrations.
    static func others(_ anchors: [Certificate]) -> PassAuthorities {
        PassAuthorities(anchors: anchors, areApples: false)
    }

    private init(anchors: [Certificate], areApples: Bool) {
        self.anchors = anchors
        self.areApples = areApples
    }

    /// What keeps a chain from being believed at an instant; nil when it is sound.
    func fault(of leaf: Certificate, through others: [Certificate], at seconds: Int) -> CryptographyError? {
        do throws(CryptographyError) {
            try Certificate.verifyChain(leaf: leaf, intermediates: others, anchors: anchors, at: seconds)
            return nil
        } catch {
            return error
        }
    }
}
