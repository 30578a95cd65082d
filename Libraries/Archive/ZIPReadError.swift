/// Why an archive can't be read, or must not be.
public enum ZIPReadError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no end-of-directory record: no ZIP, or one that was cut off.
    case notAnArchive
    /// The structure contradicts itself; the text says where.
    case damaged(String)
    /// A feature that packages don't need; the text names it.
    case unsupported(String)
    case encrypted(path: String)
    case unsafePath(String)
    case duplicatePath(String)
    /// A symbolic link, device or socket.
    case notAFile(path: String)
    /// Two entries share bytes, as those of bombs do.
    case overlapping(path: String)
    case tooManyFiles(limit: Int)
    case fileTooLarge(path: String, limit: Int)
    case archiveTooLarge(limit: Int)
    /// A large file that is packed far too well.
    case suspiciousRatio(path: String, limit: Int)
    /// The file's bytes are not those that were packed.
    case damagedFile(path: String)

    /// One sentence, safe to log: paths are shortened and without control characters.
    public var description: String {
        switch self {
        case .notAnArchive: "It is no ZIP archive, or its end is missing."
        case .damaged(let what): "The archive is damaged: \(what)."
        case .unsupported(let what): "The archive uses \(what), which is not read here."
        case .encrypted(let path): "\(Self.shown(path)) is encrypted."
        case .unsafePath(let path): "The path \(Self.shown(path)) is empty, absolute, or leads out of the archive."
        case .duplicatePath(let path): "The archive has two files named \(Self.shown(path))."
        case .notAFile(let path): "\(Self.shown(path)) is a link or a device, not a file."
        case .overlapping(let path): "\(Self.shown(path)) shares its bytes with another file."
        case .tooManyFiles(let limit): "The archive has more than \(limit) files."
        case .fileTooLarge(let path, let limit): "\(Self.shown(path)) unpacks to more than \(limit) bytes."
        case .archiveTooLarge(let limit): "The files unpack to more than \(limit) bytes in all."
        case .suspiciousRatio(let path, let limit): "\(Self.shown(path)) unpacks to more than \(limit) times its size."
        case .damagedFile(let path): "\(Self.shown(path)) is damaged: its bytes are not those that were packed."
        }
    }

    /// Whoever made the archive chose the path, and its length.
    private static func shown(_ path: String) -> String {
        let scalars = path.unicodeScalars.prefix(80).map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: Unicode.Scalar(0xFFFD) ?? "?"
            default: scalar
            }
        }
        let text = String(String.UnicodeScalarView(scalars))
        return "\"" + text + (path.unicodeScalars.count > 80 ? "…" : "") + "\""
    }
}
