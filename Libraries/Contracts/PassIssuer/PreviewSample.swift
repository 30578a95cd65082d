/// Which sample values a preview fills its tokens with.
public enum PreviewSample: String, Choice {
    /// Values as most passes have them.
    case typical
    /// Values as long as they come.
    case longest
}
