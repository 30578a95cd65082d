/// Why a push got no answer; the words are safe to log and to show.
enum NoAnswer: Sendable, Hashable, CustomStringConvertible {
    /// It was not sent: there is no connection.
    case unreachable(String)
    /// It was sent, and the connection or the time was over before an answer came.
    case lost(String)
    /// It can't be sent at all with these credentials.
    case unusable(String)

    /// The words.
    var description: String {
        switch self {
        case .unreachable(let words), .lost(let words), .unusable(let words): words
        }
    }
}
