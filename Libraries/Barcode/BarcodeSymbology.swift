import CZint

/// The kinds of barcodes that passes show.
public enum BarcodeSymbology: Sendable, Hashable {
    /// How much of a QR code may be lost: about 7, 15, 25 or 30 per cent.
    public enum Correction: Int32, Sendable {
        case low = 1
        case medium, quartile, high
    }

    /// ISO/IEC 18004.
    case qr(Correction)
    /// ISO/IEC 15438.
    case pdf417
    /// ISO/IEC 24778.
    case aztec
    /// ISO/IEC 15417.
    case code128
    /// ISO/IEC 16388.
    case code39
    /// EN 798.
    case codabar
    /// ISO/IEC 15420.
    case ean13
    /// ISO/IEC 16390.
    case interleaved2of5

    var number: Int32 {
        switch self {
        case .qr: BARCODE_QRCODE
        case .pdf417: BARCODE_PDF417
        case .aztec: BARCODE_AZTEC
        case .code128: BARCODE_CODE128
        case .code39: BARCODE_CODE39
        case .codabar: BARCODE_CODABAR
        case .ean13: BARCODE_EANX
        case .interleaved2of5: BARCODE_C25INTER
        }
    }

    /// What the library's first option is for this kind; -1 leaves it to the library.
    var option: Int32 {
        if case .qr(let correction) = self { correction.rawValue } else { -1 }
    }

    /// White modules around the code that its specification asks for.
    public var quietZone: Int {
        switch self {
        case .qr: 4
        case .pdf417: 2
        case .aztec: 1
        case .code128, .code39, .codabar, .interleaved2of5: 10
        case .ean13: 11
        }
    }

    /// How many units of a module's width a row is high; bars without rows are as high as a quarter of their width.
    func rowHeight(width: Int) -> Int {
        switch self {
        case .qr, .aztec: 1
        case .pdf417: 3
        case .code128, .code39, .codabar, .ean13, .interleaved2of5: max(width / 4, 15)
        }
    }
}
