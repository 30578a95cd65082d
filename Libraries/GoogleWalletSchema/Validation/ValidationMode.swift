/// How Google reads what it is sent.
public enum ValidationMode: Sendable {
    /// Unknown properties are ignored, as Google does by default.
    case lenient
    /// Unknown properties are faults, as with `?strict=true`.
    case strict
}
