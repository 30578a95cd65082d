import Glibc

extension ClientLoop {
    // MARK: Opening

    /// Opens a connection when requests wait for one, or when all streams of the others are in use.
    func openConnectionIfNeeded(_ now: Instant) {
        guard stopDeadline == nil || !waiting.isEmpty, needsConnection, pace.next(at: now) <= now else { return }
        pace.opened(at: now)
        let deadline = now + configuration.connectTimeout
        resolving = deadline
        if let address = SocketAddress(numeric: configuration.host, port: configuration.port) {
            return connect(to: .success([address]), now)
        }
        Resolver.resolve(configuration.host, port: configuration.port) { [inbox] in inbox.deliver($0) }
    }

    /// Whether one more connection would be of use and none is on its way.
    var needsConnection: Bool {
        let going = connections.values.filter { !$0.session.isEnding }
        guard resolving == nil, going.count < configuration.maximumConnections, going.allSatisfy(\.isEstablished)
        else { return false }
        guard !going.isEmpty else { return !waiting.isEmpty }
        // A server that has not answered yet may raise its limit with the first answer, as APNs does for tokens.
        return going.allSatisfy { $0.session.freeStreams == 0 && $0.hasAnswered }
    }

    /// Goes on once the addresses are known.
    func connect(to addresses: Resolver.Outcome, _ now: Instant) {
        guard let deadline = resolving else { return }
        resolving = nil
        do throws(HTTP2Error) {
            let found: [SocketAddress]
            do throws(ResolverFailure) {
                found = try addresses.get()
            } catch {
                throw .unresolvable(reason: error.reason)
            }
            try open(found, now, deadline)
        } catch {
            connectingFailed(error, now)
        }
    }

    private func open(_ addresses: [SocketAddress], _ now: Instant, _ deadline: Instant) throws(HTTP2Error) {
        let limits = ClientSession.Limits(
            maximumHeaderBytes: configuration.maximumResponseHeaderBytes,
            maximumBodyBytes: configuration.maximumResponseBytes,
            maximumStreams: configuration.maximumStreamsPerConnection)
        let session = try ClientSession(
            authority: authority, unindexedHeaders: configuration.unindexedHeaders, limits: limits)
        nextConnectionID += 1
        let connection = try ClientConnection(
            id: nextConnectionID, addresses: addresses, context: context, configuration: configuration,
            session: session, buffers: buffers, now: now, connectDeadline: deadline)
        connections[connection.id] = connection
        poller.add(connection.transport.socket, token: UInt64(connection.id), forWriting: true)
    }

    private var authority: String {
        let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
        return configuration.port == 443 ? host : "\(host):\(configuration.port)"
    }

    private func connectingFailed(_ error: HTTP2Error, _ now: Instant) {
        pace.failed(at: now, random: Double.random(in: 0...1))
        failWaiting(error)
    }

    /// Tells those who wait, unless another connection will take them.
    private func failWaiting(_ error: HTTP2Error) {
        guard !connections.values.contains(where: { $0.isEstablished && !$0.session.isEnding }) else { return }
        for exchange in waiting.removeAll() { exchange.finish(.failure(error)) }
    }

    // MARK: Moving bytes

    func progress(_ readiness: Poller.Readiness, _ now: Instant) {
        guard let connection = connections[Int(readiness.token)] else { return }
        var ending: TransportEnd?
        do throws(TransportEnd) {
            try connection.progress(now: now, hasReceived: readiness.canRead)
        } catch {
            ending = error
        }
        // What came before the end counts.
        handleEvents(of: connection)
        if let ending { end(connection, ending, now) }
    }

    func flushConnections() {
        for connection in connections.values where connection.needsFlush {
            do throws(TransportEnd) {
                try connection.flush()
                handleEvents(of: connection)
                watchWriting(connection)
            } catch {
                handleEvents(of: connection)
                end(connection, error, .now)
            }
        }
    }

    private func watchWriting(_ connection: ClientConnection) {
        let isWanted = connection.transport.hasUnsent
        guard isWanted != connection.isWritingWatched, connection.transport.isOpen || !isWanted else { return }
        connection.isWritingWatched = isWanted
        poller.change(connection.transport.socket, token: UInt64(connection.id), forWriting: isWanted)
    }

    private func handleEvents(of connection: ClientConnection) {
        var refused: [Exchange] = []
        for event in connection.session.takeEvents() {
            switch event {
            case .answered(let exchange, let response):
                if !connection.hasAnswered { noteUse(of: connection) }
                exchange.finish(.success(response))
            case .ended(let exchange, let end): handle(end, of: exchange, on: connection, &refused)
            case .settings, .goAway: updateUsable()
            }
        }
        putBack(refused)
    }

    private func noteUse(of connection: ClientConnection) {
        connection.hasAnswered = true
        vainEnds = 0
        pace.succeeded()
    }

    private func handle(
        _ end: StreamEnd, of exchange: Exchange, on connection: ClientConnection, _ refused: inout [Exchange]
    ) {
        switch end {
        case .refused:
            // The end of a connection refuses what it must; a server that goes on and refuses again means it.
            if !connection.session.isEnding { exchange.refusals += 1 }
            if exchange.refusals > 3 {
                exchange.finish(.failure(.refused))
            } else {
                refused.append(exchange)
            }
        case .reset(let code): exchange.finish(.failure(.reset(code)))
        case .malformed: exchange.finish(.failure(.malformedResponse))
        case .tooLarge: exchange.finish(.failure(.responseTooLarge))
        case .cancelled: break
        }
    }

    private func putBack(_ exchanges: [Exchange]) {
        let unfinished = exchanges.filter { !$0.isFinished }
        guard !unfinished.isEmpty else { return }
        for exchange in unfinished { exchange.prepareToRepeat() }
        waiting.putBack(unfinished)
    }

    private func updateUsable() {
        usable = connections.values.filter { $0.isEstablished && !$0.session.isEnding }.sorted { $0.id < $1.id }
    }

    // MARK: Ending

    /// A connection has come to its end; its requests are told or repeated, those of the others don't notice.
    func end(_ connection: ClientConnection, _ end: TransportEnd, _ now: Instant) {
        poller.remove(connection.transport.socket)
        // The alert or the farewell that TLS has ready; nobody may be there to hear it.
        connection.transport.close()
        if !connection.isEstablished {
            let error = connection.connectError(end)
            do throws(HTTP2Error) {
                try connection.tryNextAddress(after: error, now: now)
                poller.add(connection.transport.socket, token: UInt64(connection.id), forWriting: true)
            } catch {
                connections[connection.id] = nil
                connectingFailed(error, now)
            }
            return
        }
        connections[connection.id] = nil
        updateUsable()
        let (repeatable, others) = connection.splitExchanges()
        for exchange in others {
            exchange.finish(
                .failure(end == .protocolViolated ? .malformedResponse : connection.requestError(wasSent: true)))
        }
        putBack(repeatable)
        guard !connection.hasAnswered else { return }
        vainEnds += 1
        pace.failed(at: now, random: Double.random(in: 0...1))
        if vainEnds >= Self.maximumVainEnds { failWaiting(connection.requestError(wasSent: false)) }
    }
}
