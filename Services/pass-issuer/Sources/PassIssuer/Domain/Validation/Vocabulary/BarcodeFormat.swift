/// The barcodes that phones draw.
enum BarcodeFormat: String, CaseIterable, Sendable {
    case qr = "PKBarcodeFormatQR"
    case pdf417 = "PKBarcodeFormatPDF417"
    case aztec = "PKBarcodeFormatAztec"
    case code128 = "PKBarcodeFormatCode128"
    case code39 = "PKBarcodeFormatCode39"
    case codabar = "PKBarcodeFormatCodabar"
    case ean13 = "PKBarcodeFormatEAN13"
    case interleaved2of5 = "PKBarcodeFormatI2of5"

    /// Whether it is as high as it is wide, which leaves less room for fields.
    var isSquare: Bool { self == .qr || self == .aztec }

    /// Whether the deprecated key `barcode` may hold it.
    var isLegalInSingular: Bool { self == .qr || self == .pdf417 || self == .aztec }

    /// The release that brought it, when older phones still in use draw no barcode instead.
    var requiresIOS: Int? {
        switch self {
        case .qr, .pdf417, .aztec, .code128: nil
        case .code39, .codabar, .ean13, .interleaved2of5: 27
        }
    }

    /// How many bytes the symbology carries at most, at the weakest error correction.
    var capacity: Int {
        switch self {
        case .qr: 2_953
        case .pdf417: 1_108
        case .aztec: 1_914
        case .code128, .code39, .codabar, .interleaved2of5: 80
        case .ean13: 13
        }
    }

    /// From how many bytes on its bars are too fine for most scanners at the size of a phone's screen.
    var scannableLength: Int {
        switch self {
        case .qr, .aztec: 400
        case .pdf417: 250
        case .code128: 40
        case .code39, .codabar, .interleaved2of5: 24
        case .ean13: 13
        }
    }

    /// What a message must consist of, when the symbology can't carry all text.
    var messageRule: String? {
        switch self {
        case .qr, .pdf417, .aztec: nil
        case .code128: "ASCII characters"
        case .code39: "capitals, digits, spaces and - . $ / + %"
        case .codabar: "digits and - $ : / . +, perhaps between two of the letters A to D"
        case .ean13: "12 digits, or 13 with the right check digit"
        case .interleaved2of5: "an even number of digits"
        }
    }

    /// Whether the symbology can carry a message.
    func canCarry(_ message: String) -> Bool {
        let bytes = Array(message.utf8)
        switch self {
        case .qr, .pdf417, .aztec: return true
        case .code128: return bytes.allSatisfy { $0 < 0x80 }
        case .code39: return Self.isMade(bytes, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -.$/+%")
        case .codabar: return Self.isCodabar(bytes)
        case .ean13: return Self.isEAN13(bytes)
        case .interleaved2of5: return bytes.count.isMultiple(of: 2) && Self.isMade(bytes, of: "0123456789")
        }
    }

    private static func isMade(_ bytes: some Sequence<UInt8>, of alphabet: String) -> Bool {
        bytes.allSatisfy { alphabet.utf8.contains($0) }
    }

    private static func isCodabar(_ bytes: [UInt8]) -> Bool {
        var content = bytes[...]
        if let first = content.first, let last = content.last, content.count > 2,
            isMade([first, last], of: "ABCDabcd")
        {
            content = content.dropFirst().dropLast()
        }
        return isMade(content, of: "0123456789-$:/.+")
    }

    /// GS1 General Specifications §7.9: the digits count 1 and 3 in turn, the last makes the sum a multiple of ten.
    private static func isEAN13(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 12 || bytes.count == 13, isMade(bytes, of: "0123456789") else { return false }
        guard bytes.count == 13 else { return true }
        let sum = bytes.enumerated().reduce(0) { sum, digit in
            sum + Int(digit.element - UInt8(ascii: "0")) * (digit.offset.isMultiple(of: 2) ? 1 : 3)
        }
        return sum.isMultiple(of: 10)
    }
}
