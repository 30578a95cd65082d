import Bytes
import Cryptography
import HTTPServer

/// A file of the console, embedded in the binary.
struct ConsoleFile: Sendable {
    let bytes: SharedBytes
    let type: String
    /// Its entity tag, of its content.
    let tag: String

    private init(_ bytes: [UInt8], _ type: String) {
        self.bytes = SharedBytes(bytes)
        self.type = type
        tag = "\"\(Hex.encode(Array(SHA256.digest(bytes).prefix(12))))\""
    }

    private static func script(_ bytes: [UInt8]) -> ConsoleFile { ConsoleFile(bytes, "text/javascript; charset=utf-8") }

    private static func style(_ bytes: [UInt8]) -> ConsoleFile { ConsoleFile(bytes, "text/css; charset=utf-8") }

    /// All of them, by their path below `Console/`.
    static let all: [String: ConsoleFile] = [
        "index.html": ConsoleFile(PackageResources.index_html, "text/html; charset=utf-8"),
        "icon.svg": ConsoleFile(PackageResources.icon_svg, "image/svg+xml"),
        "console.css": style(PackageResources.console_css),
        "wallet.css": style(PackageResources.wallet_css),
        "app.js": script(PackageResources.app_js),
        "api.js": script(PackageResources.api_js),
        "dom.js": script(PackageResources.dom_js),
        "plot.js": script(PackageResources.plot_js),
        "pages/overview.js": script(PackageResources.overview_js),
        "pages/campaigns.js": script(PackageResources.campaigns_js),
        "pages/campaign.js": script(PackageResources.campaign_js),
        "pages/rollouts.js": script(PackageResources.rollouts_js),
        "pages/passes.js": script(PackageResources.passes_js),
        "pages/wallet-configurations.js": script(PackageResources.wallet_configurations_js),
        "pages/services.js": script(PackageResources.services_js),
        "pages/audit-log.js": script(PackageResources.audit_log_js),
        "pages/sign-in.js": script(PackageResources.sign_in_js),
        "campaign/editor.js": script(PackageResources.editor_js),
        "campaign/images.js": script(PackageResources.images_js),
        "campaign/preview.js": script(PackageResources.preview_js),
        "configuration/credentials.js": script(PackageResources.credentials_js),
        "configuration/form.js": script(PackageResources.form_js),
        "wallet/apple.js": script(PackageResources.apple_js),
        "wallet/apple-rows.js": script(PackageResources.apple_rows_js),
        "wallet/apple-poster.js": script(PackageResources.apple_poster_js),
        "wallet/values.js": script(PackageResources.values_js),
        "wallet/google.js": script(PackageResources.google_js),
        "wallet/google-header.js": script(PackageResources.google_header_js),
        "wallet/google-template.js": script(PackageResources.google_template_js),
        "wallet/google-values.js": script(PackageResources.google_values_js),
        "wallet/barcode.js": script(PackageResources.barcode_js),
    ]
}
