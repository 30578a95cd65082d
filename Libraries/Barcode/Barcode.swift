import CZint

/// A barcode as rows of modules.
public struct Barcode: Sendable, Hashable {
    /// Its kind.
    public let symbology: BarcodeSymbology
    /// The rows from the top, each from the left; true is dark.
    public let modules: [[Bool]]

    /// The number of modules of a row.
    public var width: Int { modules.first?.count ?? 0 }

    /// The smallest code that holds a text, in UTF-8.
    public init(text: String, as symbology: BarcodeSymbology) throws(BarcodeError) {
        try self.init(bytes: Array(text.utf8), as: symbology)
    }

    /// The smallest code that holds bytes, as they are.
    public init(bytes: [UInt8], as symbology: BarcodeSymbology) throws(BarcodeError) {
        guard !bytes.isEmpty else { throw .empty }
        guard let symbol = ZBarcode_Create() else { throw .notEncodable }
        defer { ZBarcode_Delete(symbol) }
        symbol.pointee.symbology = symbology.number
        symbol.pointee.option_1 = symbology.option
        symbol.pointee.input_mode = DATA_MODE
        switch ZBarcode_Encode(symbol, bytes, Int32(clamping: bytes.count)) {
        case ..<ZINT_ERROR_TOO_LONG: break
        case ZINT_ERROR_TOO_LONG: throw .tooLong(bytes: bytes.count)
        default: throw .notEncodable
        }
        self.symbology = symbology
        modules = (0..<symbol.pointee.rows).map { row in
            (0..<symbol.pointee.width).map { column in czint_is_dark(symbol, row, column) == 1 }
        }
    }
}
