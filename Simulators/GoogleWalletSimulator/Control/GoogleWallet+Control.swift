import GoogleWalletSchema
import HTTPServer
import HTTPTypes
import JSON

extension GoogleWallet {
    private static let longestBody = 1 << 20

    /// The control interface, for whoever started the simulator: it listens on 127.0.0.1 alone and asks for no token.
    func controlRoutes() -> Routes {
        var routes = Routes()
        routes.on(.get, "/control/v1/state") { [self] _ in try .json(state) }
        routes.on(.post, "/control/v1/reset") { [self] _ in
            try reset()
            return HTTPResponse(.noContent)
        }
        addSettings(to: &routes)
        addFaults(to: &routes)
        addCalls(to: &routes)
        addAccounts(to: &routes)
        addPasses(to: &routes)
        addSignedCallbacks(to: &routes)
        return routes
    }

    private var state: JSONValue {
        let counts = resourceCounts
        let statuses = callCountByStatus.map { ("\($0.key)", JSONValue.number(JSONNumber($0.value))) }
        return [
            "url": .string(url), "tokenUri": .string(tokenURI), "saveUrl": .string(saveURL),
            "keysUrl": .string(keysURL), "time": .string(clock.now().rfc3339),
            "classes": .number(JSONNumber(counts.classes)), "objects": .number(JSONNumber(counts.objects)),
            "calls": .number(JSONNumber(log.count)),
            "callsByStatus": .object(JSONObject(Dictionary(uniqueKeysWithValues: statuses))),
        ]
    }

    private func addSettings(to routes: inout Routes) {
        routes.on(.get, "/control/v1/settings") { [self] _ in try .json(settings) }
        routes.on(.patch, "/control/v1/settings", body: .collected(limit: Self.longestBody)) { [self] request in
            let patched = try JSON.encodeToValue(settings).mergePatched(with: try request.json())
            let wanted: GoogleWalletSettings
            do {
                wanted = try JSON.decode(GoogleWalletSettings.self, from: patched, unknownKeys: .refused)
            } catch {
                throw Problem(.unprocessableContent, "\(error)")
            }
            change { $0 = wanted }
            return try .json(settings)
        }
        routes.on(.post, "/control/v1/clock", body: .collected(limit: Self.longestBody)) { [self] request in
            let wish = try request.json()
            if let seconds = wish["advanceSeconds"]?.doubleValue, seconds.magnitude <= 1e9 {
                clock.advance(seconds: seconds)
            } else if let instant = wish["freezeAt"]?.stringValue.flatMap({ Instant(rfc3339: $0) }) {
                clock.freeze(at: instant)
            } else if wish["reset"]?.boolValue == true {
                clock.reset()
            } else {
                throw Problem(.unprocessableContent, "Give advanceSeconds, freezeAt, or reset.")
            }
            return try .json(["time": clock.now().rfc3339])
        }
    }

    private func addFaults(to routes: inout Routes) {
        routes.on(.get, "/control/v1/faults") { [self] _ in try .json(["faults": faults]) }
        routes.on(.post, "/control/v1/faults", body: .collected(limit: Self.longestBody)) { [self] request in
            guard script.add(try request.decode(Fault.self)) else {
                throw Problem(.conflict, "\(FaultScript.capacity) faults wait already.")
            }
            return try .json(["faults": faults], status: .created)
        }
        routes.on(.delete, "/control/v1/faults") { [self] _ in
            clearFaults()
            return HTTPResponse(.noContent)
        }
        routes.on(.post, "/control/v1/dead-images", body: .collected(limit: Self.longestBody)) { [self] request in
            guard let text = try request.json()["containing"]?.stringValue, !text.isEmpty else {
                throw Problem(.unprocessableContent, "Say in `containing` what their addresses hold.")
            }
            killImages(containing: text)
            return HTTPResponse(.noContent)
        }
    }

    private func addCalls(to routes: inout Routes) {
        routes.on(.get, "/control/v1/calls") { [self] request in
            let limit = request.query.first("limit").flatMap { Int($0) } ?? 100
            let after = request.query.first("after").flatMap { Int($0) } ?? 0
            return try .json(["calls": Array(calls.filter { $0.number > after }.suffix(max(0, limit)))])
        }
        routes.on(.delete, "/control/v1/calls") { [self] _ in
            forgetCalls()
            return HTTPResponse(.noContent)
        }
        routes.on(.get, "/control/v1/pace") { [self] request in
            let seconds = request.query.first("seconds").flatMap { Double($0) } ?? 1
            guard (0.001...86_400).contains(seconds) else {
                throw Problem(.badRequest, "seconds is a number from 0.001 to 86400.")
            }
            return try .json(["busiest": busiest(seconds: seconds, issuer: request.query.first("issuerId"))])
        }
        routes.on(.get, "/control/v1/notices") { [self] _ in try .json(["notices": sentNotices]) }
        routes.on(.get, "/control/v1/callbacks") { [self] _ in try .json(["callbacks": sentCallbacks]) }
    }
}
