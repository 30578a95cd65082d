import Contracts
import HTTPTypes
import JSON

/// Checks an issuer account live: does Google give a token, does it show the issuer, may the account write, and who may
/// save its passes.
struct IssuerChecking: Sendable {
    let issuers: IssuerKeeper
    let tokens: AccessTokenSource
    let wallet: PacedWallet

    private static let patience = Duration.seconds(10)
    private static let publishing =
        "Until Google grants publishing access an issuer is in demo mode: its passes say [TEST ONLY], and others than its "
        + "administrators, developers and test accounts are told that the issuer has not made this pass available. "
        + "Google's API does not tell which mode an issuer is in."

    /// The checks in their order; after one that fails the rest could only fail with it.
    func check(_ id: WalletConfigurationID) async throws -> ConfigurationChecks {
        let issuer = try await issuers.credentials(of: id)
        var checks: [ConfigurationCheck] = []
        do {
            // A new one, whatever is kept: the key may have been revoked since.
            _ = try await tokens.fetch(for: issuer.account)
            checks.append(.ok("googleToken", "Google gives \(issuer.account.clientEmail) access tokens."))
        } catch let failure as GoogleFailure {
            return ConfigurationChecks(checks: [.failed("googleToken", failure, issuer)])
        }
        let deadline = ContinuousClock.now + Self.patience
        do {
            let answer = try await wallet.call(.issuer(issuer.issuerID), as: issuer, by: deadline)
            let name = answer["name"]?.stringValue ?? ""
            checks.append(.ok("googleIssuer", "Issuer \(issuer.issuerID) is there\(name.isEmpty ? "." : ": \(name).")"))
        } catch let failure as GoogleFailure {
            return ConfigurationChecks(checks: checks + [.failed("googleIssuer", failure, issuer)])
        }
        do {
            let answer = try await wallet.call(.permissions(issuer.issuerID), as: issuer, by: deadline)
            checks.append(Self.permission(answer, issuer))
        } catch let failure as GoogleFailure where failure.consequence == .permanent {
            // Who may write passes need not be one who may see who else may.
            checks.append(
                ConfigurationCheck(
                    name: "googlePermission", state: .warning,
                    detail: "Google does not show this account the issuer's users: \(failure.message)",
                    remedy: "Look at \(Remedy.console), under Users, that \(issuer.account.clientEmail) is a Developer."
                ))
        } catch let failure as GoogleFailure {
            checks.append(.failed("googlePermission", failure, issuer))
        }
        checks.append(
            ConfigurationCheck(
                name: "googlePublishing", state: .ok, detail: Self.publishing,
                remedy: "Look at \(Remedy.console), under Google Wallet API, and request publishing access there."))
        return ConfigurationChecks(checks: checks)
    }

    private static func permission(_ answer: JSONObject, _ issuer: IssuerCredentials) -> ConfigurationCheck {
        let email = issuer.account.clientEmail
        let role = answer["permissions"]?.arrayValue?
            .first { $0["emailAddress"]?.stringValue?.lowercased() == email.lowercased() }?["role"]?.stringValue?
            .uppercased()
        if let role, role == "OWNER" || role == "WRITER" {
            return .ok("googlePermission", "\(email) may write passes: its role is \(role).")
        }
        return ConfigurationCheck(
            name: "googlePermission", state: .failed,
            detail: role.map { "The role of \(email) is \($0), which may not write passes." }
                ?? "\(email) is none of the issuer's users.",
            remedy: "Add it as a Developer at \(Remedy.console), under Users, and wait some minutes.")
    }
}

extension ConfigurationCheck {
    fileprivate static func ok(_ name: String, _ detail: String) -> ConfigurationCheck {
        ConfigurationCheck(name: name, state: .ok, detail: detail)
    }

    fileprivate static func failed(
        _ name: String, _ failure: GoogleFailure, _ issuer: IssuerCredentials
    ) -> ConfigurationCheck {
        ConfigurationCheck(
            name: name, state: .failed, detail: "\(failure)",
            remedy: Remedy.text(for: failure, issuerID: issuer.issuerID, clientEmail: issuer.account.clientEmail)
                ?? "Check again in a while.")
    }
}
