import Contracts
import HTTPServer
import HTTPTypes
import QRCode

/// `/admin/v1/barcodes`: barcodes as passes show them (internal). The text travels in the body, never in a URL.
struct BarcodeRoutes: Sendable {
    func add(to routes: inout Routes) {
        routes.on(
            .post, PassIssuerPaths.barcode, scopes: [.admin], body: .collected(limit: 1 << 16)
        ) { request in
            let barcode = try request.decode(BarcodeRequest.self, unknownKeys: .refused)
            guard BarcodeFormat(rawValue: barcode.format) == .qr else {
                throw Problem.fault("Only PKBarcodeFormatQR is drawn here.", at: .root.appending("format"))
            }
            do {
                let picture = try QRCode(text: barcode.message, correction: .medium).svg(quietZone: 2)
                return HTTPResponse(
                    headers: ["Content-Type": "image/svg+xml", "Cache-Control": "no-store, private"],
                    body: .bytes(Array(picture.utf8)))
            } catch let error as QRCodeError {
                throw Problem.fault(error.description, at: .root.appending("message"))
            }
        }
    }
}
