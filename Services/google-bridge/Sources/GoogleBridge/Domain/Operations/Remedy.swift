import Contracts

/// What to do about a refusal of Google's, by its status and reason.
enum Remedy {
    /// Where issuers are administered.
    static let console = "https://pay.google.com/business/console"

    /// What is wrong when a wallet configuration's account is gone, and what to do.
    static let noCredentials = "The wallet configuration has no Google credentials here."
    static let sendCredentials = "Send the wallet configuration's Google part again."

    /// The advice for a failure; nil when waiting is all there is to do.
    static func text(for failure: GoogleFailure, issuerID: GoogleIssuerID, clientEmail: String) -> String? {
        switch (failure.consequence, failure.status) {
        case (.retry, _): nil
        case (_, 401?),
            (_, _) where failure.reason == "tokenRefused":
            "Google does not accept the service account. Check in the Google Cloud console that the account and its key "
                + "exist and that this host's clock is right, send the wallet configuration with a new key file, and retry."
        case (_, 403?) where failure.reason == "insufficientPermissions":
            "Enable the Google Wallet API in the service account's Google Cloud project, and retry."
        case (_, 403?):
            "Add \(clientEmail) as a Developer under Users of issuer \(issuerID) at \(console), wait some minutes, and retry."
        case (_, 404?): "Check at \(console) that issuer \(issuerID) exists, and retry."
        case (.permanent, _):
            "Change what Google's words name in the campaign (its pass, or google.class and google.object), or retry once "
                + "the cause is gone."
        case (.exists, _), (.missing, _), (.unauthorized, _): "Retry."
        }
    }
}
