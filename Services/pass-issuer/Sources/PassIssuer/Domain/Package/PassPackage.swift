import Bytes

/// A signed package (`.pkpass`): the files that all packages of a campaign version begin with, and what is its own.
struct PassPackage: Sendable {
    /// Kept once for all of them.
    let beginning: SharedBytes
    /// The pass, its translations, the manifest, the signature, and the archive's directory.
    let own: SharedBytes

    /// The package in one piece, to be sent.
    var whole: SharedBytes { SharedBytes(joining: beginning, own) }
}
