extension ClientLoop {
    /// When there is something to do even if nothing comes.
    var nextEvent: Instant? {
        var instants = [nextDeadline, stopDeadline, resolving].compactMap { $0 }
        for connection in connections.values {
            if connection.isEstablished {
                instants.append(connection.pingDeadline ?? connection.lastReceived + configuration.pingAfterIdle)
            } else {
                instants.append(min(connection.connectDeadline, connection.addressDeadline))
            }
        }
        if needsConnection { instants.append(pace.next(at: .now)) }
        return instants.min()
    }

    /// Ends what has taken too long.
    func finishOverdue(_ now: Instant) {
        if let nextDeadline, nextDeadline <= now { finishOverdueExchanges(now) }
        if let resolving, resolving <= now {
            connect(to: .failure(ResolverFailure(reason: "no answer in time")), now)
        }
        for connection in Array(connections.values) {
            if connection.isEstablished {
                checkLife(of: connection, now)
            } else if connection.connectDeadline <= now {
                end(connection, .failed("no answer in time"), now)
            } else if connection.isAddressOverdue(now) {
                end(connection, .failed("no answer in time"), now)
            }
        }
    }

    private func finishOverdueExchanges(_ now: Instant) {
        for exchange in waiting.all where exchange.deadline <= now { end(exchange, .timedOut(wasSent: false)) }
        for connection in connections.values {
            for exchange in connection.session.exchanges where !exchange.isFinished && exchange.deadline <= now {
                end(exchange, .timedOut(wasSent: exchange.isSent))
                // Perhaps it is not the request that is slow: perhaps nobody is there.
                if connection.lastReceived + configuration.pingTimeout <= now {
                    connection.ping(now: now, timeout: configuration.pingTimeout)
                }
            }
        }
        let left = waiting.all + connections.values.flatMap { $0.session.exchanges }.filter { !$0.isFinished }
        nextDeadline = left.map(\.deadline).min()
    }

    private func checkLife(of connection: ClientConnection, _ now: Instant) {
        if let deadline = connection.pingDeadline {
            if deadline <= now { end(connection, .failed("no answer to a ping"), now) }
        } else if connection.lastReceived + configuration.pingAfterIdle <= now {
            connection.ping(now: now, timeout: configuration.pingTimeout)
        }
    }
}
