import Foundation

/// A client that writes bytes to a loopback socket and reads what comes, to see the server as the wire does.
final class RawClient: @unchecked Sendable {
    struct Response {
        var status: Int
        var headers: [(name: String, value: String)]
        var body: [UInt8]

        subscript(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    enum Failure: Error {
        case connect(Int32)
        case write(Int32)
        case read(Int32)
        case closed, timedOut
        case malformed(String)

        /// Whether the server, or its system, ended the connection.
        var isEndOfConnection: Bool {
            switch self {
            case .write, .closed: true
            case .read(let code): code == ECONNRESET
            case .connect, .timedOut, .malformed: false
            }
        }
    }

    private let descriptor: Int32
    private var pending: [UInt8] = []
    /// What it has read in all.
    private(set) var receivedBytes = 0

    /// Connects from one of the loopback addresses.
    init(port: Int, from source: String = "127.0.0.1") throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var local = sockaddr_in()
        local.sin_family = sa_family_t(AF_INET)
        inet_pton(AF_INET, source, &local.sin_addr)
        var remote = local
        remote.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, "127.0.0.1", &remote.sin_addr)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        var timeout = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        let bound = withUnsafePointer(to: &local) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        let connected = withUnsafePointer(to: &remote) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        // The object is whole by now, so its deinit closes the descriptor.
        guard bound == 0, connected == 0 else { throw Failure.connect(errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Ends the connection with a reset, as a phone that lost its network does.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) throws {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress?.advanced(by: offset), $0.count - offset, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure.write(errno) }
            offset += count
        }
    }

    /// Sends a request with Host and reads its answer.
    func request(
        _ method: String, _ target: String, headers: [String] = [], body: [UInt8]? = nil
    ) throws -> Response {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: test"] + headers
        if let body { lines.append("Content-Length: \(body.count)") }
        try send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? []))
        return try response(hasBody: method != "HEAD")
    }

    /// Reads one answer, delimited by its length, its chunks or the connection's end.
    func response(hasBody: Bool = true) throws -> Response {
        var head = try line()
        var parts = head.split(separator: " ", maxSplits: 2)
        guard parts.count >= 2, parts[0] == "HTTP/1.1", let status = Int(parts[1]) else {
            throw Failure.malformed(head)
        }
        var headers: [(String, String)] = []
        while true {
            head = try line()
            if head.isEmpty { break }
            parts = head.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw Failure.malformed(head) }
            headers.append((String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces)))
        }
        if status == 100 { return try response(hasBody: hasBody) }
        var result = Response(status: status, headers: headers, body: [])
        guard hasBody, status != 204, status != 304 else { return result }
        if let length = result["Content-Length"].flatMap({ Int($0) }) {
            result.body = try bytes(length)
        } else {
            result.body = try rest()
        }
        return result
    }

    /// Everything until the server closes.
    func rest() throws -> [UInt8] {
        while try fill() {}
        defer { pending = [] }
        return pending
    }

    /// Whether the server has closed and sent nothing more.
    func isClosedByServer() -> Bool {
        (try? rest().isEmpty) ?? true
    }

    private func line() throws -> String {
        while true {
            if let end = pending.firstIndex(of: 10) {
                let text = String(decoding: pending[..<end].filter { $0 != 13 }, as: UTF8.self)
                pending.removeSubrange(...end)
                return text
            }
            guard try fill() else { throw Failure.closed }
        }
    }

    private func bytes(_ count: Int) throws -> [UInt8] {
        while pending.count < count {
            guard try fill() else { throw Failure.closed }
        }
        defer { pending.removeFirst(count) }
        return Array(pending.prefix(count))
    }

    private func fill() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count == 0 { return false }
        guard count > 0 else { throw errno == EAGAIN ? Failure.timedOut : Failure.read(errno) }
        pending += buffer[..<count]
        receivedBytes += count
        return true
    }
}
