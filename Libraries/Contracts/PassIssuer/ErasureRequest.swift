import HTTPTypes

/// Whose data are to be erased: by the contact's id, or, after a restored backup, by what an erasure kept of it.
public struct ErasureRequest: Codable, Hashable, Sendable {
    /// The `contact.id`.
    public var contactId: String?
    /// The `contactHash` of an earlier erasure.
    public var contactHash: String?
    /// The `erasedAt` of that erasure; absent is now.
    public var erasedAt: Instant?

    /// Makes a request.
    public init(contactId: String? = nil, contactHash: String? = nil, erasedAt: Instant? = nil) {
        self.contactId = contactId
        self.contactHash = contactHash
        self.erasedAt = erasedAt
    }
}
