extension JSONParser {
    /// So many faults are remembered; who wrote more knows by then.
    static let rememberedFaults = 100

    /// Remembers a fault and goes on, or throws it when the reader is strict.
    mutating func tolerate(_ reason: JSONError.Reason, at offset: Int) throws(JSONError) {
        guard let count = tolerated?.count else { throw error(reason, at: offset) }
        guard count < Self.rememberedFaults else { return }
        let error = error(reason, at: offset)
        tolerated?.append(error)
    }

    /// Moves behind a comment; false when none begins here, or it has no end.
    mutating func skipComment() -> Bool {
        guard isComment else { return false }
        let start = index
        if bytes[index + 1] == UInt8(ascii: "/") {
            while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
        } else {
            var end = index + 2
            while end + 1 < bytes.count, bytes[end] != UInt8(ascii: "*") || bytes[end + 1] != UInt8(ascii: "/") {
                end += 1
            }
            guard end + 1 < bytes.count else { return false }
            index = end + 2
        }
        // Only a tolerant reader comes here, and its faults are not thrown.
        try? tolerate(.comment, at: start)
        return true
    }

    /// Reads an object whose keys may repeat; of several members with one key the last counts, as phones have it.
    mutating func parseObjectTolerantly(depth: Int) throws(JSONError) -> JSONObject {
        try enter(depth)
        var members: [JSONObject.Member] = []
        var places: [[UInt8]: Int] = [:]
        skipWhiteSpace()
        while !skip(UInt8(ascii: "}")) {
            let place = index
            let key = try parseKey()
            let member = JSONObject.Member(key: key, value: try parseValue(depth: depth))
            if let earlier = places[Array(key.utf8)] {
                try tolerate(.duplicateKey(key), at: place)
                members[earlier] = member
            } else {
                places[Array(key.utf8)] = members.count
                members.append(member)
            }
            skipWhiteSpace()
            if skip(UInt8(ascii: "}")) { break }
            try skipComma(before: UInt8(ascii: "}"), expecting: "',' or '}'")
        }
        // There is always an object: repeated keys were replaced above.
        return JSONObject(parsed: members, areSorted: false) ?? JSONObject()
    }
}
