/// The admin token, to sign in to the console with.
public struct ConsoleSignIn: Codable, Hashable, Sendable {
    /// The token.
    public var token: Confidential<String>

    /// Makes a request.
    public init(token: String) {
        self.token = Confidential(token)
    }
}
