/// A socket with TLS over it: moves bytes between the system and a session.
final class Transport {
    /// Memory that the connections of one thread share.
    final class Buffers {
        let cipher = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
        let plain = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 15, alignment: 16)
        var outgoing: [UInt8] = []

        deinit {
            cipher.deallocate()
            plain.deallocate()
        }
    }

    /// What one TLS record takes.
    private static let recordBytes = 16_000
    /// Encrypted bytes that wait for the socket, beyond which the session is not asked for more.
    private static let maximumUnsent = 1 << 18
    /// Reads before the other connections of the thread have their turn.
    private static let maximumReads = 8

    let socket: Socket
    private let engine: TLSEngine
    private let buffers: Buffers
    private var unsent: [UInt8] = []
    private var sentBytes = 0

    init(socket: Socket, engine: TLSEngine, buffers: Buffers) {
        self.socket = socket
        self.engine = engine
        self.buffers = buffers
    }

    /// Whether the TLS handshake is done, and HTTP/2 agreed on.
    private(set) var isOpen = false

    /// Whether bytes wait until the socket takes more.
    var hasUnsent: Bool { sentBytes < unsent.count }

    /// The certificate that the other side showed.
    var peerCertificate: HTTP2PeerCertificate? { engine.peerCertificate }

    /// Begins the handshake.
    func begin(for session: Session) throws(TransportEnd) {
        _ = try shakeHands(for: session)
    }

    /// Reads what came and hands it to the session.
    func receive(for session: Session) throws(TransportEnd) {
        for _ in 0..<Self.maximumReads {
            let count: Int?
            do throws(Socket.Failure) {
                count = try socket.receive(into: buffers.cipher)
            } catch {
                throw .failed(error.reason)
            }
            guard let count else { return }
            guard count > 0 else { throw .closed }
            engine.receive(UnsafeRawBufferPointer(rebasing: buffers.cipher.prefix(count)))
            guard try shakeHands(for: session) else { continue }
            try decrypt(for: session)
            // Less than there was room for: the rest, if any, makes the socket readable again.
            if count < buffers.cipher.count { return }
        }
    }

    private func shakeHands(for session: Session) throws(TransportEnd) -> Bool {
        guard !isOpen else { return true }
        do throws(TLSFailure) {
            guard try engine.shakeHands() else { return false }
        } catch {
            throw .tls(error)
        }
        guard engine.speaksHTTP2 else { throw .protocolViolated }
        isOpen = true
        session.didOpen(self)
        return true
    }

    private func decrypt(for session: Session) throws(TransportEnd) {
        while true {
            let count: Int?
            do throws(TLSFailure) {
                count = try engine.read(into: buffers.plain)
            } catch {
                throw .tls(error)
            }
            guard let count else { return }
            guard count > 0 else { throw .closed }
            guard session.receive(UnsafeRawBufferPointer(rebasing: buffers.plain.prefix(count))) else {
                throw .protocolViolated
            }
        }
    }

    /// Sends what the session has to say, as far as the socket takes it.
    func flush(_ session: Session) throws(TransportEnd) {
        repeat {
            try encrypt(from: session)
        } while try sendUnsent()
    }

    /// Sends what TLS has to say, without the session.
    func flush() throws(TransportEnd) {
        engine.takeOutput(into: &unsent)
        _ = try sendUnsent()
    }

    private func encrypt(from session: Session) throws(TransportEnd) {
        engine.takeOutput(into: &unsent)
        guard isOpen else { return }
        while unsent.count - sentBytes < Self.maximumUnsent {
            buffers.outgoing.removeAll(keepingCapacity: true)
            guard session.produce(into: &buffers.outgoing, limit: Self.recordBytes) else { throw .protocolViolated }
            guard !buffers.outgoing.isEmpty else { return }
            do throws(TLSFailure) {
                try engine.write(buffers.outgoing)
            } catch {
                throw .tls(error)
            }
            engine.takeOutput(into: &unsent)
        }
    }

    /// True when something was sent and nothing is left.
    private func sendUnsent() throws(TransportEnd) -> Bool {
        guard hasUnsent else { return false }
        do throws(Socket.Failure) {
            while hasUnsent {
                let count = try socket.send(unsent, from: sentBytes)
                guard count > 0 else { return false }
                sentBytes += count
            }
        } catch {
            throw .failed(error.reason)
        }
        unsent.removeAll(keepingCapacity: unsent.count < Self.maximumUnsent)
        sentBytes = 0
        return true
    }

    /// Says goodbye as far as the socket takes it.
    func close() {
        engine.close()
        // Whether the other side hears it makes no difference any more.
        try? flush()
    }
}
