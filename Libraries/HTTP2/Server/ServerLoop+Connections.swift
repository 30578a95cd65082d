extension ServerLoop {
    /// A socket can be read or written.
    func progress(_ readiness: Poller.Readiness) {
        guard readiness.token != Self.listenerToken else { return acceptConnections() }
        let id = Int(readiness.token)
        guard let connection = connections[id] else { return }
        var hasEnded = false
        do throws(TransportEnd) {
            try connection.receive()
        } catch {
            hasEnded = true
        }
        if let handle = connection.makeHandle(self) {
            counts.connections += 1
            inbox.opened(handle)
        }
        handleEvents(of: connection)
        if hasEnded { close(id, connection) }
    }

    private func acceptConnections() {
        // A client that is gone already, or a system without descriptors: the next one tries again.
        while let socket = (try? listener?.accept()) ?? nil {
            guard connections.count < configuration.maximumConnections else { continue }
            do throws(HTTP2Error) {
                let transport = Transport(socket: socket, engine: try TLSEngine(server: context), buffers: buffers)
                nextConnectionID += 1
                connections[nextConnectionID] = ServerConnection(
                    id: nextConnectionID, session: try ServerSession(configuration: configuration),
                    transport: transport, handshakeDeadline: .now + configuration.handshakeTimeout)
                poller.add(socket, token: UInt64(nextConnectionID), forWriting: false)
            } catch {
                // Without memory for it the connection ends here.
                continue
            }
        }
    }

    private func handleEvents(of connection: ServerConnection) {
        guard let handle = connection.handle else { return }
        for event in connection.session.takeEvents() {
            switch event {
            case .request(let stream, let request):
                // The handler may have ended the connection, or its further requests, with the one before.
                guard connection.session.isOpen(stream), connections[handle.id] != nil else { continue }
                counts.requests += 1
                handler(
                    HTTP2ServerRequest(
                        method: request.method, path: request.path, authority: request.authority,
                        headers: request.headers, body: request.body, bodyLength: request.bodyLength,
                        streamID: Int(stream), connection: handle),
                    HTTP2Responder(loop: self, connectionID: handle.id, streamID: stream))
            case .reset: counts.resets += 1
            }
        }
    }

    /// Sends what the connections have to say.
    func flushConnections() {
        for (id, connection) in connections where connection.needsFlush {
            do throws(TransportEnd) {
                try connection.flush()
                handleEvents(of: connection)
                let isWanted = connection.transport.hasUnsent
                guard isWanted != connection.isWritingWatched else { continue }
                connection.isWritingWatched = isWanted
                poller.change(connection.transport.socket, token: UInt64(id), forWriting: isWanted)
            } catch {
                handleEvents(of: connection)
                close(id, connection)
            }
        }
    }

    /// Closes connections whose handshake takes too long.
    func endOverdueHandshakes(_ now: Instant) {
        for (id, connection) in connections where connection.handle == nil && connection.handshakeDeadline <= now {
            close(id, connection)
        }
    }

    /// Ends a connection, with what TLS and the session have to say about it unless that is to be in silence.
    func close(_ id: Int, _ connection: ServerConnection, inSilence: Bool = false) {
        guard connections.removeValue(forKey: id) != nil else { return }
        if connection.handle == nil { counts.failedHandshakes += 1 }
        poller.remove(connection.transport.socket)
        if !inSilence {
            // Nobody may be there to hear it.
            try? connection.transport.flush(connection.session)
            connection.transport.close()
        }
        inbox.closed(id)
    }
}
