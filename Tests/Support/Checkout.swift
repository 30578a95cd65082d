import Foundation

/// The checkout that the tests belong to.
public enum Checkout {
    /// Its folder, without a slash at its end.
    public static let path = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
}
