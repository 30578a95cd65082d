import Cryptography

/// What is wrong with credentials, and where it stands in the request.
struct CredentialFault: Error, Sendable, Hashable {
    let pointer: String
    let detail: String

    init(_ pointer: String, _ detail: String) {
        self.pointer = pointer
        self.detail = detail
    }

    /// Reads something that stands at a place of the request.
    static func at<Value>(
        _ pointer: String, _ read: () throws(CryptographyError) -> Value
    ) throws(CredentialFault) -> Value {
        do {
            return try read()
        } catch {
            throw CredentialFault(pointer, error.description)
        }
    }
}
