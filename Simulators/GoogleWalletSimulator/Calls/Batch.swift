import HTTPTypes

/// The batch format of Google's interfaces: `multipart/mixed`, an HTTP request in each part.
struct Batch {
    /// One part.
    struct Part {
        let call: WalletCall
        let contentID: String?
    }

    /// More are refused.
    static let maximumParts = 1_000

    let parts: [Part]

    /// Takes a batch apart; the parts inherit the header fields of the whole but those of its content.
    init(_ call: WalletCall) throws(WalletError) {
        guard let media = call.headers["Content-Type"].flatMap({ MediaType($0) }), media.type == "multipart",
            let boundary = media.parameters["boundary"], !boundary.isEmpty
        else { throw .unreadable("Failed to parse batch request, error: missing boundary.") }
        var inherited: HTTPHeaders = [:]
        for field in call.headers where !field.name.lowercased().hasPrefix("content-") {
            inherited.add(field.name, field.value)
        }
        var parts: [Part] = []
        for lines in Self.split(call.body, boundary: boundary) {
            guard let part = Self.part(lines, inherited) else {
                throw .unreadable("Failed to parse batch request, error: part \(parts.count + 1) is no HTTP request.")
            }
            parts.append(part)
        }
        guard !parts.isEmpty else { throw .unreadable("Failed to parse batch request, error: 0 items.") }
        guard parts.count <= Self.maximumParts else {
            throw .unreadable("The batch request has too many calls. At most \(Self.maximumParts) are allowed.")
        }
        self.parts = parts
    }

    /// The lines between the boundaries.
    private static func split(_ body: [UInt8], boundary: String) -> [ArraySlice<[UInt8]>] {
        let lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            line.last == UInt8(ascii: "\r") ? Array(line.dropLast()) : Array(line)
        }
        let start = Array("--\(boundary)".utf8)
        let end = Array("--\(boundary)--".utf8)
        var parts: [ArraySlice<[UInt8]>] = []
        var first: Int?
        for (index, line) in lines.enumerated() where line == start || line == end {
            if let first { parts.append(lines[first..<index]) }
            first = line == end ? nil : index + 1
            if line == end { break }
        }
        return parts
    }

    private static func part(_ lines: ArraySlice<[UInt8]>, _ inherited: HTTPHeaders) -> Part? {
        var rest = lines
        let outer = fields(&rest)
        guard let line = rest.popFirst() else { return nil }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ")
        guard words.count >= 2, let target = words[1].first, target == "/" else { return nil }
        let halves = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let segments = PercentEncoding.segments(ofPath: String(halves[0])) else { return nil }
        var headers = inherited
        for field in fields(&rest) { headers[field.name] = field.value }
        // The line break before the next boundary belongs to the boundary.
        let body = rest.last?.isEmpty == true ? rest.dropLast() : rest
        return Part(
            call: WalletCall(
                method: HTTPMethod(rawValue: String(words[0])), path: String(halves[0]), segments: segments,
                query: QueryItems(halves.count > 1 ? String(halves[1]) : ""), headers: headers,
                body: Array(body.joined(separator: [UInt8(ascii: "\n")]))),
            contentID: outer["Content-ID"])
    }

    /// The header fields up to the empty line, which goes too.
    private static func fields(_ rest: inout ArraySlice<[UInt8]>) -> HTTPHeaders {
        var headers: HTTPHeaders = [:]
        while let line = rest.popFirst(), !line.isEmpty {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            headers.add(
                String(decoding: line[..<colon], as: UTF8.self), String(decoding: line[(colon + 1)...], as: UTF8.self))
        }
        return headers
    }
}

extension Batch {
    /// The answers in the order of the parts, an HTTP answer in each part.
    static func reply(_ answers: [(contentID: String?, reply: WalletReply)], boundary: String) -> WalletReply {
        var body: [UInt8] = []
        for (contentID, reply) in answers {
            var text = "--\(boundary)\r\nContent-Type: application/http\r\n"
            if let contentID {
                let id = contentID.hasPrefix("<") ? "<response-\(contentID.dropFirst())" : "response-\(contentID)"
                text += "Content-ID: \(id)\r\n"
            }
            text += "\r\nHTTP/1.1 \(reply.status.rawValue) \(reply.status.reason)\r\n"
            for field in reply.headers { text += "\(field.name): \(field.value)\r\n" }
            text += "Content-Length: \(reply.body.count)\r\n\r\n"
            body += Array(text.utf8) + reply.body + Array("\r\n".utf8)
        }
        body += Array("--\(boundary)--\r\n".utf8)
        return WalletReply(.ok, headers: ["Content-Type": "multipart/mixed; boundary=\(boundary)"], body: body)
    }
}
