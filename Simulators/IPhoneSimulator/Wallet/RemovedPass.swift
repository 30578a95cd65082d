/// A deleted pass whose web service does not know it yet.
struct RemovedPass: Codable, Sendable {
    let pass: PassIdentity
    var retry: Retry?
}
