import JSON

extension PassMapping {
    func writeBarcode(_ draft: inout ResourceDraft) {
        guard let barcode = content.barcode else { return }
        draft.set(.string(barcode.type), at: "barcode", "type", from: barcode.source.appending("format"))
        draft.set(.string(barcode.message), at: "barcode", "value", from: barcode.source.appending("message"))
        if let text = barcode.alternateText {
            draft.set(.string(text), at: "barcode", "alternateText", from: barcode.source.appending("altText"))
        }
        if barcode.isUnicode { draft.set("UTF_8", at: "barcode", "renderEncoding") }
    }
}
