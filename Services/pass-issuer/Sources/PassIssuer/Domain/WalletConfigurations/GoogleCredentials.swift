import Contracts
import Cryptography
import JSON

/// A Google Wallet issuer and its service account's key file, checked.
struct GoogleCredentials: Sendable {
    let issuerID: GoogleIssuerID
    let clientEmail: String

    /// Checks what was sent; every fault at once.
    init(issuerID: GoogleIssuerID?, serviceAccount: JSONObject) throws(AdministrationError) {
        var faults: [PassFault] = []
        let google = JSONPointer.root.appending("google")
        let account = google.appending("serviceAccount")
        if issuerID == nil {
            faults.append(
                PassFault(
                    google.appending("issuerId"), "The issuer id is missing.",
                    "Copy it from the Google Pay & Wallet Console; it is a number such as 3388000000012345678."))
        }
        let email = serviceAccount["client_email"]?.stringValue ?? ""
        if !email.contains("@") {
            faults.append(
                PassFault(
                    account.appending("client_email"), "The service account has no client_email.",
                    "Send the JSON key file as Google Cloud gave it."))
        }
        do {
            guard let pem = serviceAccount["private_key"]?.stringValue else { throw CryptographyError.noPrivateKey }
            _ = try PrivateKey(pem: pem, password: nil)
        } catch {
            faults.append(
                PassFault(
                    account.appending("private_key"), "The service account has no private key that can be read.",
                    "Send the JSON key file as Google Cloud gave it."))
        }
        guard faults.isEmpty, let issuerID else { throw .faulty(faults) }
        self.issuerID = issuerID
        clientEmail = email
    }
}
