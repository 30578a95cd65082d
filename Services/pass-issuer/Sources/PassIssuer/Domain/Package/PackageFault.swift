import Archive
import Cryptography

/// Why no package can be made.
enum PackageFault: Error, Equatable, Sendable {
    case tooLarge(Int)
    case bundleTooLarge(Int, limit: Int)
    case archive(ZIPError)
    case signature(CryptographyError)

    /// One sentence, safe to log.
    var description: String {
        switch self {
        case .tooLarge(let count):
            "The package would have \(count) bytes; at most \(PassPackageMaker.maximumBytes) are made. "
                + "Remove images or send smaller ones."
        case .bundleTooLarge(let count, let limit):
            "The bundle would have \(count) bytes; Apple Wallet takes \(limit). Put fewer passes into one link, or smaller "
                + "images into their campaigns."
        case .archive(let error): error.description
        case .signature(let error): "The package can't be signed: \(error)"
        }
    }
}
