/// A barcode to draw.
public struct BarcodeRequest: Codable, Hashable, Sendable {
    /// Its format by Apple's name, `PKBarcodeFormatQR`.
    public var format: String
    /// What it says.
    public var message: String
    /// The character set of the message in the code, by its IANA name; UTF-8 unless it says `iso-8859-1`.
    public var messageEncoding: String?

    /// Makes a request.
    public init(format: String, message: String, messageEncoding: String? = nil) {
        self.format = format
        self.message = message
        self.messageEncoding = messageEncoding
    }
}
