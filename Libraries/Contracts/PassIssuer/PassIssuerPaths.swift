import HTTPTypes

/// The paths of pass-issuer whose bodies are no JSON.
public enum PassIssuerPaths {
    /// Opens a link: GET and HEAD.
    public static let openLink: PathTemplate = "/api/pass/create/{jwt}"

    /// Opens a link whose name ends as the file's: GET and HEAD.
    public static let openLinkAsFile: PathTemplate = "/api/pass/create/{jwt}.pkpass"

    /// Opens a link whose name ends as that of a file with several passes: GET and HEAD.
    public static let openLinkAsBundle: PathTemplate = "/api/pass/create/{jwt}.pkpasses"

    /// An image by its content: GET.
    public static let publicImage: PathTemplate = "/images/{sha256}.png"

    /// An image of a campaign: PUT, GET and DELETE.
    public static let image: PathTemplate = "/admin/v1/campaigns/{id}/images/{file}"

    /// A localised image of a campaign, its folder being a segment of its own: PUT, GET and DELETE.
    public static let localizedImage: PathTemplate = "/admin/v1/campaigns/{id}/images/{language}.lproj/{file}"

    /// What is wrong with a package: POST.
    public static let packageCheck: PathTemplate = "/admin/v1/checks/package"

    /// Makes a campaign of a package: POST.
    public static let importPackage: PathTemplate = "/admin/v1/campaigns/{id}/import"

    /// Shows what a pass of a campaign would be: POST.
    public static let preview: PathTemplate = "/admin/v1/campaigns/{id}/preview"

    /// Draws a barcode: POST.
    public static let barcode: PathTemplate = "/admin/v1/barcodes"

    /// Changes of many passes, one `PassUpdateLine` a line (NDJSON): POST, answered 202 with a `RolloutReference`.
    public static let passUpdates: PathTemplate = "/admin/v1/pass-updates"

    /// A pass's package, for the registry: GET and HEAD with `If-Modified-Since`.
    public static let package: PathTemplate = "/rpc/v1/passes/{passTypeIdentifier}/{serialNumber}"

    /// What a customer entered into Apple's form, for the registry: POST of a `PersonalizationRequest`, answered with the
    /// signature of its token.
    public static let personalization: PathTemplate =
        "/rpc/v1/passes/{passTypeIdentifier}/{serialNumber}/personalization"
}
