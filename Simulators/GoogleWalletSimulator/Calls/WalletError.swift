import GoogleWalletSchema
import JSON

/// A refusal in Google's envelope.
struct WalletError: Error, Sendable {
    let code: Int
    let message: String
    let reason: String
    var domain = "walletobjects"
    /// The words of the inner entry, where they differ.
    var detail: String?
    var status: String?
    var isAboutAuthorization = false
    var retryAfterSeconds: Int?

    init(_ code: Int, _ reason: String, _ message: String) {
        self.code = code
        self.reason = reason
        self.message = message
    }

    /// The body: `status` is missing in the errors of the wallet itself, and `errors` is there always.
    var envelope: JSONValue {
        var entry: JSONObject = [
            "message": .string(detail ?? message), "domain": .string(domain), "reason": .string(reason),
        ]
        if isAboutAuthorization {
            entry["location"] = "Authorization"
            entry["locationType"] = "header"
        }
        var error: JSONObject = [
            "code": .number(JSONNumber(code)), "message": .string(message), "errors": .array([.object(entry)]),
        ]
        error["status"] = status.map(JSONValue.string)
        return ["error": .object(error)]
    }
}

extension WalletError {
    private func global(_ status: String? = nil) -> WalletError {
        var error = self
        error.domain = "global"
        error.status = status
        return error
    }

    static var loginRequired: WalletError {
        var error = WalletError(401, "required", "Login Required.").global()
        error.isAboutAuthorization = true
        return error
    }

    static var invalidCredentials: WalletError {
        var error = WalletError(
            401, "authError",
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other "
                + "valid authentication credential. See "
                + "https://developers.google.com/identity/sign-in/web/devconsole-project."
        ).global("UNAUTHENTICATED")
        error.detail = "Invalid Credentials"
        error.isAboutAuthorization = true
        return error
    }

    static var insufficientScope: WalletError {
        var error = WalletError(
            403, "insufficientPermissions", "Request had insufficient authentication scopes."
        ).global("PERMISSION_DENIED")
        error.detail = "Insufficient Permission"
        return error
    }

    static var permissionDenied: WalletError { WalletError(403, "permissionDenied", "Permission denied.") }

    static func unreadable(_ message: String) -> WalletError {
        WalletError(400, "parseError", message).global("INVALID_ARGUMENT")
    }

    static func badField(_ message: String) -> WalletError {
        WalletError(400, "invalidParameter", message).global("INVALID_ARGUMENT")
    }

    static func invalidResource(_ message: String) -> WalletError { WalletError(400, "invalidResource", message) }

    static func invalidID(_ id: String) -> WalletError { invalidResource("Invalid resource ID: \(id)") }

    static func notFound(_ side: GoogleLevel, _ id: String) -> WalletError {
        switch side {
        case .class: WalletError(404, "classNotFound", "Wallet Object Class \(id) not found.")
        case .object: WalletError(404, "resourceNotFound", "Wallet Object \(id) not found.")
        }
    }

    static func exists(_ side: GoogleLevel, _ id: String) -> WalletError {
        let what = side == .class ? "Wallet Object Class" : "Wallet Object"
        return WalletError(409, "existingResource", "\(what) \(id) already exists.")
    }

    static func noticeQuota(issuerID: String, doing what: String) -> WalletError {
        WalletError(403, "quotaExceeded", "Quota exceeded for issuer \(issuerID) when \(what).")
    }

    static func tooManyCalls(issuerID: String) -> WalletError {
        WalletError(
            429, "rateLimitExceeded",
            "Quota exceeded for quota metric 'Requests' and limit 'Requests per second' of issuer \(issuerID)."
        ).global("RESOURCE_EXHAUSTED")
    }

    static var backend: WalletError {
        WalletError(503, "backendError", "The service is currently unavailable.").global("UNAVAILABLE")
    }
}
