import JSON

/// A barcode as Google has it.
struct ContentBarcode: Sendable {
    /// Google's type.
    let type: String
    /// What it says.
    let message: String
    /// What stands below it.
    let alternateText: String?
    /// Whether its message is UTF-8.
    let isUnicode: Bool
    /// Where it stands in the message.
    let source: JSONPointer

    /// Reads a barcode; nil when Google has none like it, or it says nothing.
    init?(_ value: JSONValue, _ source: JSONPointer, isRaw: Bool) {
        guard let message = value["message"], let format = value["format"]?.stringValue else { return nil }
        let text = PassContent.plain(message)
        guard !text.isEmpty, let type = Self.type(format, text, isRaw: isRaw) else { return nil }
        self.type = type
        self.message = text
        alternateText = value["altText"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
        isUnicode = ["utf-8", "utf8"].contains(value["messageEncoding"]?.stringValue?.lowercased())
        self.source = source
    }

    private static func type(_ format: String, _ message: String, isRaw: Bool) -> String? {
        // Google's only interleaved code is the one of fourteen digits.
        if format == "PKBarcodeFormatI2of5" { return isRaw || message.utf8.count == 14 ? "ITF_14" : nil }
        return types[format]
    }

    private static let types = [
        "PKBarcodeFormatQR": "QR_CODE", "PKBarcodeFormatPDF417": "PDF_417", "PKBarcodeFormatAztec": "AZTEC",
        "PKBarcodeFormatCode128": "CODE_128", "PKBarcodeFormatCode39": "CODE_39",
        "PKBarcodeFormatCodabar": "CODABAR", "PKBarcodeFormatEAN13": "EAN_13",
    ]
}

extension PassContent {
    /// The first barcode that Google has, too.
    var barcode: ContentBarcode? {
        for (value, source) in barcodes {
            if let barcode = ContentBarcode(value, source, isRaw: isRaw(source)) { return barcode }
        }
        return nil
    }

    /// All barcodes, the deprecated single one last.
    var barcodes: [(value: JSONValue, source: JSONPointer)] {
        let place = Self.place("barcodes")
        var all = (pass["barcodes"]?.arrayValue ?? []).enumerated().map { index, value in
            (value: value, source: place.appending(index))
        }
        if all.isEmpty, let single = pass["barcode"] { all.append((single, Self.place("barcode"))) }
        return all
    }
}
