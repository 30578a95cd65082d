/// A five-character error code of the server (PostgreSQL documentation, appendix A).
public struct SQLState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The code, such as `23505`.
    public let rawValue: String

    /// Names a code.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The code.
    public var description: String { rawValue }

    /// `0A000`.
    public static let featureNotSupported = SQLState(rawValue: "0A000")
    /// `22021`: U+0000 in a text.
    public static let characterNotInRepertoire = SQLState(rawValue: "22021")
    /// `22P05`: U+0000 in JSON.
    public static let untranslatableCharacter = SQLState(rawValue: "22P05")
    /// `23502`.
    public static let notNullViolation = SQLState(rawValue: "23502")
    /// `23503`.
    public static let foreignKeyViolation = SQLState(rawValue: "23503")
    /// `23505`.
    public static let uniqueViolation = SQLState(rawValue: "23505")
    /// `23514`.
    public static let checkViolation = SQLState(rawValue: "23514")
    /// `25P02`.
    public static let inFailedTransaction = SQLState(rawValue: "25P02")
    /// `26000`.
    public static let invalidStatementName = SQLState(rawValue: "26000")
    /// `40001`.
    public static let serializationFailure = SQLState(rawValue: "40001")
    /// `40P01`.
    public static let deadlockDetected = SQLState(rawValue: "40P01")
    /// `42501`.
    public static let insufficientPrivilege = SQLState(rawValue: "42501")
    /// `3F000`.
    public static let invalidSchemaName = SQLState(rawValue: "3F000")
    /// `42P01`.
    public static let undefinedTable = SQLState(rawValue: "42P01")
    /// `55P03`.
    public static let lockNotAvailable = SQLState(rawValue: "55P03")
    /// `57014`.
    public static let queryCanceled = SQLState(rawValue: "57014")
    /// `57P01`.
    public static let adminShutdown = SQLState(rawValue: "57P01")
}
