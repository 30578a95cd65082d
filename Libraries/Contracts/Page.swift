/// A part of a list.
public struct Page<Item: Codable & Sendable>: Codable, Sendable {
    /// The items of this part.
    public var items: [Item]
    /// What `?cursor=` must be to get the next part; nil at the end of the list.
    public var nextCursor: String?

    /// Makes a part of a list.
    public init(items: [Item], nextCursor: String? = nil) {
        self.items = items
        self.nextCursor = nextCursor
    }
}

extension Page: Equatable where Item: Equatable {}
extension Page: Hashable where Item: Hashable {}
