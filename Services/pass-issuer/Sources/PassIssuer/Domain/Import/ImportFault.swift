import Archive
import JSON

/// Why nothing of a package can be imported.
enum ImportFault: Error, Equatable, Sendable {
    /// The archive is broken, or must not be read.
    case archive(ZIPReadError)
    /// There is no pass.json, neither at the root nor in a lone folder, and no package in a bundle.
    case noPass
    case malformedPass(JSONError)
    case noObject
    /// Together the files have more bytes than a package of ours may have.
    case tooLarge(Int)

    /// What is wrong, as a sentence.
    var reason: String {
        switch self {
        case .archive(let error): error.description
        case .noPass: "The archive holds no pass.json, and no package."
        case .malformedPass(let error): "pass.json is no JSON: \(error)."
        case .noObject: "pass.json is no JSON object."
        case .tooLarge(let count):
            "The package unpacks to \(count) bytes; \(PassPackageMaker.maximumBytes) can be issued again."
        }
    }

    /// How to mend it.
    var remedy: String {
        switch self {
        case .archive, .noPass: "Send a .pkpass, a .pkpasses, or a bare pass.json as it came."
        case .malformedPass, .noObject:
            "Correct pass.json; commas too many and comments are taken, other faults are not."
        case .tooLarge: "Scale the images to their nominal sizes and import the package then."
        }
    }
}
