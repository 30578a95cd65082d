/// A type that stands as one segment of a path.
public protocol PathParameter {
    /// Takes a decoded segment; nil when it cannot be such a value.
    init?(pathSegment: String)

    /// The segment's text before percent-encoding.
    var pathSegment: String { get }
}

extension String: PathParameter {
    /// Takes any segment.
    public init?(pathSegment: String) {
        self = pathSegment
    }

    /// The text itself.
    public var pathSegment: String { self }
}
