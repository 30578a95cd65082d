import Barcode
import Contracts
import HTTPServer
import HTTPTypes

/// `/admin/v1/barcodes`: barcodes as passes show them (internal). The text travels in the body, never in a URL.
struct BarcodeRoutes: Sendable {
    func add(to routes: inout Routes) {
        routes.on(
            .post, PassIssuerPaths.barcode, scopes: [.admin], body: .collected(limit: 1 << 16)
        ) { request in
            let wanted = try request.decode(BarcodeRequest.self, unknownKeys: .refused)
            guard let format = BarcodeFormat(rawValue: wanted.format) else {
                let known = BarcodeFormat.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.fault("The format is one of \(known).", at: .root.appending("format"))
            }
            do {
                let picture = try Barcode(bytes: Self.bytes(of: wanted), as: format.symbology).svg()
                return HTTPResponse(
                    headers: ["Content-Type": "image/svg+xml", "Cache-Control": "no-store, private"],
                    body: .bytes(Array(picture.utf8)))
            } catch let error as BarcodeError {
                throw Problem.fault(error.description, at: .root.appending("message"))
            }
        }
    }

    /// The message as phones put it into a code.
    private static func bytes(of wanted: BarcodeRequest) -> [UInt8] {
        guard let encoding = wanted.messageEncoding.flatMap(MessageEncoding.init(name:)), case .latin1 = encoding,
            encoding.firstUnencodable(in: wanted.message) == nil
        else { return Array(wanted.message.utf8) }
        return wanted.message.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }
}

extension BarcodeFormat {
    /// How it is drawn.
    fileprivate var symbology: BarcodeSymbology {
        switch self {
        case .qr: .qr(.medium)
        case .pdf417: .pdf417
        case .aztec: .aztec
        case .code128: .code128
        case .code39: .code39
        case .codabar: .codabar
        case .ean13: .ean13
        case .interleaved2of5: .interleaved2of5
        }
    }
}
