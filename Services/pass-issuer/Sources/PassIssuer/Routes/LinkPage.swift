import Contracts
import HTTPServer
import HTTPTypes
import QRCode

/// The page behind a link that was opened where no wallet is: both buttons, and a QR code of the link for the phone.
///
/// Works without JavaScript, asks no third party for anything, and follows the reader's light or dark theme.
struct LinkPage: Sendable {
    /// Where links begin: the public base URL without a slash at its end.
    let baseURL: String

    func response(for link: String, platforms: [Platform]) -> HTTPResponse {
        let url = "\(baseURL)/api/pass/create/\(PercentEncoding.encodeSegment(link))"
        // A very long link fits no QR code: the buttons are there all the same.
        let code = (try? QRCode(text: url, correction: .low))?.svg(quietZone: 4)
        let buttons = platforms.map { platform in
            #"<a class="button" href="?platform=\#(platform.rawValue)">\#(platform.invitation)</a>"#
        }.joined(separator: "\n")
        let picture = code.map {
            #"<figure>\#($0)<figcaption>Or scan this with your phone’s camera.</figcaption></figure>"#
        }
        var response = HTTPResponse.html(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>Your pass</title>
            <style>\(Self.style)</style>
            </head>
            <body><main>
            <h1>Your pass is ready</h1>
            <p>Open this page on the phone that shall carry it, or choose your wallet:</p>
            \(buttons)
            \(picture ?? "")
            </main></body>
            </html>
            """)
        response.headers["Cache-Control"] = "no-store, private"
        return response
    }

    private static let style = """
        :root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif }
        main { max-width: 26rem; margin: 10vh auto; padding: 0 1.5rem; text-align: center }
        .button { display: block; margin: 1rem 0; padding: .9rem; border-radius: .75rem; background: CanvasText;
            color: Canvas; text-decoration: none; font-weight: 600 }
        .button:focus-visible { outline: 3px solid Highlight; outline-offset: 3px }
        figure { margin: 2rem 0 } figure svg { width: 14rem; height: auto; background: #fff; border-radius: .75rem }
        """
}

extension Platform {
    /// What the button to this wallet says.
    fileprivate var invitation: String {
        switch self {
        case .apple: "Add to Apple Wallet"
        case .google: "Save to Google Wallet"
        }
    }
}
