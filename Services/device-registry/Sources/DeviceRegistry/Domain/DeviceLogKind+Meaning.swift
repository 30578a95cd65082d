import Contracts

extension DeviceLogKind {
    /// What such a line tells the operator.
    var meaning: String {
        switch self {
        case .authentication:
            "The token in the pass on the phone is not the one this service expects."
        case .unexpectedResponse:
            "This service answered with a status that the phone does not handle."
        case .missingTag:
            "The list of changed passes came without an update tag."
        case .sameTag:
            "The list of changed passes named passes, but its update tag was the one the phone already had."
        case .spuriousPush:
            "The phone was pushed, asked what changed, and was told of no pass."
        case .passUnchanged:
            "A pass was listed as changed, but the phone had it already."
        case .ignoredIfModifiedSince:
            "A pass that the phone already had was sent again in full."
        case .missingLastModified:
            "A pass was sent without a Last-Modified header."
        case .unregisteredSerialNumber:
            "A pass was listed as changed that this phone no longer registers."
        case .personalization:
            "The phone could not complete the personalisation of a pass."
        case .invalidPass:
            "The phone refused a pass, or warns of its content."
        case .other:
            "A line of a wording that is not known."
        }
    }

    /// What the operator can do about it.
    var remedy: String {
        switch self {
        case .authentication:
            "Keep every key of PASS_TOKEN_KEYS that installed passes were issued with; a deleted pass may also report this."
        case .unexpectedResponse:
            "Look for the status in the line and for this service's log and metrics at that time, and at proxies before it."
        case .missingTag, .sameTag:
            "Check what proxies and caches before this service do to its answers; its own always carry a new tag."
        case .spuriousPush:
            "Check that nothing else pushes this pass type, and that no older copy of the database was restored."
        case .passUnchanged:
            "Send updates only for passes whose content changed; after a new registration one such line is harmless."
        case .ignoredIfModifiedSince:
            "Check that proxies pass If-Modified-Since on; otherwise the content changed back to what it was."
        case .missingLastModified:
            "Check that proxies pass Last-Modified on."
        case .unregisteredSerialNumber:
            "None needed when it is rare: the pass was deleted while the phone could not reach this service."
        case .personalization:
            "Check the personalisation settings of the campaign and its NFC certificate."
        case .invalidPass:
            "Read the line: it names the key or file that the phone refuses. Correct the campaign and update its passes."
        case .other:
            "Read the line."
        }
    }
}
