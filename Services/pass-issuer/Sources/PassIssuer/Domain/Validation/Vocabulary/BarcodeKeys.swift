/// The keys of a barcode (Apple's Barcodes).
enum BarcodeKeys {
    static let table = KeyTable(
        "the barcode",
        [
            "format": .required(.choice(BarcodeFormat.allCases.map(\.rawValue))),
            "message": .required(.text(.notEmpty)),
            "messageEncoding": .required(.text(.notEmpty)),
            "altText": .optional(.text),
        ])
}
