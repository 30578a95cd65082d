/// Why a file can't be put into an archive.
public enum ZIPError: Error, Equatable, Sendable, CustomStringConvertible {
    case duplicatePath(String)
    case unsafePath(String)
    case tooLarge

    /// One sentence, safe to log.
    public var description: String {
        switch self {
        case .duplicatePath(let path): "The archive has two files named \(path)."
        case .unsafePath(let path): "The path \(path) is empty, absolute, or leads out of the archive."
        case .tooLarge: "The archive would exceed 4 GiB or 65,535 files."
        }
    }
}
