/// Why a text can't become a barcode.
public enum BarcodeError: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    case tooLong(bytes: Int)
    case notEncodable

    /// One sentence, safe to log.
    public var description: String {
        switch self {
        case .empty: "A barcode can't hold an empty text."
        case .tooLong(let bytes): "A text of \(bytes) bytes is too long for a barcode of this format."
        case .notEncodable: "A barcode of this format can't hold such a text."
        }
    }
}
