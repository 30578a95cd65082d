/// Why a text can't become a QR code.
public enum QRCodeError: Error, Equatable, Sendable, CustomStringConvertible {
    case notEncodable
    case tooLong(bytes: Int)

    /// One sentence, safe to log.
    public var description: String {
        switch self {
        case .notEncodable: "A QR code can't hold an empty text or one with a zero byte."
        case .tooLong(let bytes): "A text of \(bytes) bytes is too long for a QR code."
        }
    }
}
