import CQREncode

/// A QR code (ISO/IEC 18004) as rows of modules.
public struct QRCode: Sendable, Hashable {
    /// How much of the picture may be lost: about 7, 15, 25 or 30 per cent.
    public enum Correction: Sendable {
        case low, medium, quartile, high
    }

    /// The rows from the top, each from the left; true is dark.
    public let modules: [[Bool]]

    /// The number of modules on a side.
    public var side: Int { modules.count }

    /// The smallest code that holds a text.
    public init(text: String, correction: Correction = .medium) throws(QRCodeError) {
        // The C interface ends the text at its first zero byte.
        guard !text.isEmpty, !text.utf8.contains(0) else { throw .notEncodable }
        let level: QRecLevel =
            switch correction {
            case .low: QR_ECLEVEL_L
            case .medium: QR_ECLEVEL_M
            case .quartile: QR_ECLEVEL_Q
            case .high: QR_ECLEVEL_H
            }
        guard let code = QRcode_encodeString(text, 0, level, QR_MODE_8, 1) else {
            throw .tooLong(bytes: text.utf8.count)
        }
        defer { QRcode_free(code) }
        let side = Int(code.pointee.width)
        guard let data = code.pointee.data else { throw .notEncodable }
        // Bit 0 of a module is its colour, the others say what it is for.
        modules = (0..<side).map { row in
            (0..<side).map { column in data[row * side + column] & 1 == 1 }
        }
    }
}
