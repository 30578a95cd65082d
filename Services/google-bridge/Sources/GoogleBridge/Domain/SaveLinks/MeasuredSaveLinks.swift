import Cryptography
import HTTPTypes
import JSON

/// Save links made in memory, the way the service makes them: what benchmarks of the library call.
package struct MeasuredSaveLinks: Sendable {
    private let maker = SaveLinkMaker(baseURL: "https://pay.google.com/gp/v/save")
    private let account: ServiceAccount
    private let now: Instant

    /// - Parameter privateKey: the service account's RSA key as PEM.
    package init(privateKey: String, at now: Instant) throws {
        account = try ServiceAccount(["client_email": "wallet@measured.example", "private_key": .string(privateKey)])
        self.now = now
    }

    /// The link to the object with a number, which is at Google.
    package func url(_ number: Int) throws -> String {
        try maker.link(
            to: "3388000000012345678.pass-\(number)", ofClass: "3388000000012345678.campaign", .loyalty, by: account,
            at: now)
    }
}
