/// Reads `tracestate` (W3C Trace Context §3.3).
enum TraceState {
    private static let maximumMembers = 32
    /// What must be passed on at least, and is at most.
    private static let maximumBytes = 512
    /// Longer members go first when all are too long.
    private static let longMember = 128

    /// The field as it is passed on: as it came, or with fewer members when it is too long; nil when it must be ignored.
    static func sound(_ parts: [String]) -> String? {
        let text = parts.joined(separator: ",")
        var members = text.split(separator: ",").map(trimmed).filter { !$0.isEmpty }
        guard !members.isEmpty, members.count <= maximumMembers, members.allSatisfy(isMember),
            Set(members.map(key)).count == members.count
        else { return nil }
        if text.utf8.count <= maximumBytes { return text }
        members.removeAll { $0.utf8.count > longMember }
        while members.reduce(members.count - 1, { $0 + $1.utf8.count }) > maximumBytes { members.removeLast() }
        return members.isEmpty ? nil : members.joined(separator: ",")
    }

    private static func trimmed(_ member: Substring) -> Substring {
        var member = member
        while let first = member.utf8.first, first == 0x20 || first == 0x09 { member.removeFirst() }
        while let last = member.utf8.last, last == 0x20 || last == 0x09 { member.removeLast() }
        return member
    }

    private static func key(_ member: Substring) -> Substring { member.prefix { $0 != "=" } }

    private static func isMember(_ member: Substring) -> Bool {
        let key = key(member)
        let value = member.dropFirst(key.count + 1)
        return isKey(key.utf8) && (1...256).contains(value.utf8.count)
            && value.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x3D }
    }

    private static func isKey(_ key: Substring.UTF8View) -> Bool {
        guard let first = key.first, isLetterOrDigit(first), key.count <= 256 else { return false }
        return key.allSatisfy { isLetterOrDigit($0) || "_-*/@".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
