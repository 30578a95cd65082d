/// A barcode to draw.
public struct BarcodeRequest: Codable, Hashable, Sendable {
    /// Its format by Apple's name, `PKBarcodeFormatQR`.
    public var format: String
    /// What it says.
    public var message: String

    /// Makes a request.
    public init(format: String, message: String) {
        self.format = format
        self.message = message
    }
}
