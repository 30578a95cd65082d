import JSON

/// What Google writes around an error: `{"error":{"code","message","errors":[{"reason"}],"status","details":[{"reason"}]}}`.
struct GoogleErrorEnvelope: Sendable {
    let message: String?
    /// Every word that stands for why.
    let reasons: Set<String>
    /// The most telling of them.
    let reason: String?

    init(_ body: [UInt8]) {
        // A proxy's page is no JSON, and then the status speaks alone.
        let error = (try? JSON.parse(body))?["error"]
        message = error?["message"]?.stringValue
        let legacy = error?["errors"]?.arrayValue?.compactMap { $0["reason"]?.stringValue } ?? []
        let details = error?["details"]?.arrayValue?.compactMap { $0["reason"]?.stringValue } ?? []
        let all = legacy + details + [error?["status"]?.stringValue].compactMap { $0 }
        reasons = Set(all)
        reason = all.first
    }
}
