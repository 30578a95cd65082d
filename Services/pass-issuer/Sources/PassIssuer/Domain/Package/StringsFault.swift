/// Why a file of strings can't be read.
struct StringsFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    let line: Int
    /// What is wrong there, without its subject: "expected …".
    let reason: String

    /// The place and the fault.
    var description: String { "line \(line): \(reason)" }
}
