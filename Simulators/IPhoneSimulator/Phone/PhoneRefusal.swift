/// Why the phone did not take what it was given.
public enum PhoneRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The link could not be opened, or answered with another status than 200.
    case notOffered(String)
    /// The answer is not served as a pass.
    case wrongMediaType(String)
    /// The file is no readable package.
    case notAPackage(String)
    /// A file of the package does not stand in its manifest as it is.
    case manifest(String)
    /// The signature is not one of the pass type's owner.
    case signature(String)
    /// The pass breaks a rule of pass.json.
    case content(String)
    /// The package is of another pass than the one asked for.
    case otherPass(String)
    /// A pass could not be personalised.
    case notPersonalized(String)
    /// The phone's own wallet directory or the openssl tool could not be used.
    case unusable(String)

    public var description: String {
        switch self {
        case .notOffered(let reason): "no pass was offered: \(reason)"
        case .wrongMediaType(let type): "not served as a pass: \(type)"
        case .notAPackage(let reason): "not a pass package: \(reason)"
        case .manifest(let reason): "the manifest does not fit: \(reason)"
        case .signature(let reason): "the signature is refused: \(reason)"
        case .content(let reason): "pass.json is refused: \(reason)"
        case .otherPass(let reason): "another pass came: \(reason)"
        case .notPersonalized(let reason): "not personalised: \(reason)"
        case .unusable(let reason): "the phone cannot work: \(reason)"
        }
    }
}
