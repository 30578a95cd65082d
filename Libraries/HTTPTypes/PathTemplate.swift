/// A path with named places, `/v1/passes/{passTypeIdentifier}/{serialNumber}`.
///
/// A place stands for one whole, non-empty segment, or for its middle: `/images/{sha256}.png`.
public struct PathTemplate: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// What one segment must be.
    public enum Segment: Hashable, Sendable {
        /// Exactly this text.
        case literal(String)
        /// Any text between prefix and suffix that is not empty.
        case parameter(prefix: String, name: String, suffix: String)
    }

    /// The segments between the slashes.
    public let segments: [Segment]

    /// The template as it was written.
    public let description: String

    /// Takes a template; it must begin with a slash, and a segment holds at most one `{name}`.
    public init(stringLiteral text: String) {
        precondition(text.utf8.first == UInt8(ascii: "/"), "a path template begins with a slash: \(text)")
        description = text
        segments = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { part in
            guard let open = part.firstIndex(of: "{") else { return .literal(String(part)) }
            guard let close = part.firstIndex(of: "}"), open < close, !part[close...].contains("{") else {
                preconditionFailure("a segment of a path template holds one {name}: \(text)")
            }
            return .parameter(
                prefix: String(part[..<open]), name: String(part[part.index(after: open)..<close]),
                suffix: String(part[part.index(after: close)...]))
        }
    }

    /// The names of the places in their order.
    public var parameterNames: [String] {
        segments.compactMap {
            if case .parameter(_, let name, _) = $0 { name } else { nil }
        }
    }

    /// The parameters of a path given as decoded segments; nil when it does not fit.
    public func match(_ path: [String]) -> PathParameters? {
        guard path.count == segments.count else { return nil }
        var parameters = PathParameters()
        for (segment, text) in zip(segments, path) {
            switch segment {
            case .literal(let literal):
                guard literal == text else { return nil }
            case .parameter("", let name, ""):
                guard !text.isEmpty else { return nil }
                parameters[name] = text
            case .parameter(let prefix, let name, let suffix):
                let bytes = text.utf8
                guard bytes.count > prefix.utf8.count + suffix.utf8.count, bytes.starts(with: prefix.utf8),
                    bytes.reversed().starts(with: suffix.utf8.reversed())
                else { return nil }
                let middle = bytes.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count)
                parameters[name] = String(Substring(middle))
            }
        }
        return parameters
    }

    /// The path with each place filled by percent-encoded text; nil when a value is missing or empty.
    public func expand(_ values: [String: String] = [:]) -> String? {
        var path = ""
        for segment in segments {
            path += "/"
            switch segment {
            case .literal(let literal):
                path += literal
            case .parameter(let prefix, let name, let suffix):
                guard let value = values[name], !value.isEmpty else { return nil }
                let isWhole = prefix.isEmpty && suffix.isEmpty
                path +=
                    isWhole
                    ? PercentEncoding.encodeSegment(value) : prefix + PercentEncoding.encodeQuery(value) + suffix
            }
        }
        return path
    }
}
