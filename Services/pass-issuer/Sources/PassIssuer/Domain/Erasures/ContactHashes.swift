import Cryptography
import JSON

/// What is kept of the ids of erased contacts: hashes under the token keys, which a dump alone can't be searched with.
struct ContactHashes: Sendable {
    private let keys: HMACKeyRing
    private let kids: [String]

    init(_ ring: KeyRing) {
        keys = HMACKeyRing(ring)
        kids = ring.allKids
    }

    /// The hash that is kept from now on.
    func hash(of id: String) -> String {
        keys.token(for: Self.message(id))
    }

    /// Every hash that may have been kept, by an older key too.
    func hashes(of id: String) -> [String] {
        kids.compactMap { keys.token(for: Self.message(id), kid: $0) }
    }

    /// The hashes of a contact's id; none without one.
    func hashes(of contact: JSONObject) -> [String] {
        Self.id(of: contact).map { hashes(of: $0) } ?? []
    }

    /// Whether a hash is an id's.
    func isHash(_ hash: String, of id: String) -> Bool {
        keys.isValid(hash, for: Self.message(id))
    }

    /// The id by which a contact is found, in the text that the database compares.
    private static func id(of contact: JSONObject) -> String? {
        switch contact["id"] {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object, nil: nil
        }
    }

    private static func message(_ id: String) -> [UInt8] {
        Array("erased contact".utf8) + [0] + Array(id.utf8)
    }
}
