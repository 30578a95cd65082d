import Foundation

/// A directory below `.local/tests` that goes with its owner.
public final class TestDirectory: Sendable {
    /// Where it is.
    public let path: String

    /// Makes an empty one.
    public init() throws {
        path = "\(Checkout.path)/.local/tests/\(UUID().uuidString.lowercased().prefix(13))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)  // What is left lies in .local, where `make reset` finds it.
    }

    /// The path of a file in it.
    public func path(_ name: String) -> String { "\(path)/\(name)" }

    /// A file's bytes.
    public func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    /// Writes a file for its owner alone; returns its path.
    @discardableResult public func write(_ bytes: [UInt8], to name: String) throws -> String {
        guard
            FileManager.default.createFile(
                atPath: path(name), contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        return path(name)
    }
}
