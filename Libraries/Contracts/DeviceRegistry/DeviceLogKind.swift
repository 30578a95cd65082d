/// What a line of a phone's log is about.
public enum DeviceLogKind: String, Choice {
    /// A token that the service did not accept.
    case authentication
    /// A status that the phone does not handle.
    case unexpectedResponse
    /// A list without an update tag.
    case missingTag
    /// A list whose tag stayed the same.
    case sameTag
    /// A push without a change.
    case spuriousPush
    /// A listed pass that had not changed.
    case passUnchanged
    /// A pass sent although it had not changed.
    case ignoredIfModifiedSince
    /// A pass without `Last-Modified`.
    case missingLastModified
    /// A listed pass that the phone does not have.
    case unregisteredSerialNumber
    /// Apple's rewards enrolment.
    case personalization
    /// A package that the phone refused.
    case invalidPass
    /// Anything else.
    case other
}
