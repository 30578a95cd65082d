import Contracts

extension DeviceLogKind {
    /// Recognises a line by the phrases of iOS; other wallets word theirs freely.
    init(line: String) {
        let text = line.lowercased()
        self = Self.phrases.first { _, phrases in phrases.allSatisfy { text.contains($0) } }?.kind ?? .other
    }

    // In this order: a personalisation report also says that the pass was unchanged, and an ignored header that
    // unchanged pass data came.
    private static let phrases: [(kind: DeviceLogKind, all: [String])] = [
        (.authentication, ["authentication failure"]),
        (.unexpectedResponse, ["unexpected response code"]),
        (.sameTag, ["lastupdated tag", "remained the same"]),
        (.missingTag, ["omitted a lastupdated tag"]),
        (.missingTag, ["no lastupdated tag"]),
        (.spuriousPush, ["spurious push"]),
        (.personalization, ["personalization"]),
        (.ignoredIfModifiedSince, ["ignored the", "if-modified-since"]),
        (.missingLastModified, ["did not provide", "last-modified"]),
        (.unregisteredSerialNumber, ["unregistered serial number"]),
        (.passUnchanged, ["the pass was unchanged"]),
        (.invalidPass, ["invalid", "pass"]),
        (.invalidPass, ["pass", "cannot be read"]),
        (.invalidPass, ["pass", "warning"]),
    ]
}
