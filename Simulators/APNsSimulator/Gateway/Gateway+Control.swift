import HTTP2

extension Gateway {
    /// What was counted here and by the server.
    func counters(_ server: HTTP2Server) -> APNsCounters {
        var counters = state.withLock { $0.counters }
        let counts = server.counts
        counters.connections = counts.connections
        counters.openConnections = server.connections.count
        counters.failedHandshakes = counts.failedHandshakes
        counters.requests = counts.requests
        counters.resets = counts.resets
        return counters
    }

    /// The newest pushes for a token that came after a number, waiting for one if there is none.
    func pushes(for token: String, after sequence: Int, within duration: Duration) async -> [APNsPush] {
        let token = token.lowercased()
        let found = await subscriptions.first(for: token, within: duration) { [self] in
            let pushes = state.withLock { $0.store.pushes(for: token, after: sequence) }
            return pushes.isEmpty ? nil : pushes
        }
        return found ?? []
    }

    /// Ends all connections with GOAWAY and a reason.
    func goAway(_ server: HTTP2Server, _ reason: APNsReason) {
        let data = Array("{\"reason\":\"\(reason.rawValue)\"}".utf8)
        for connection in server.connections { connection.goAway(debugData: data) }
    }
}
