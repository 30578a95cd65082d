import HTTPClient
import HTTPTypes

extension IPhone {
    /// Registers a pass and asks what changed, as iOS does right after each registration.
    func register(_ pass: PassIdentity) async throws(PhoneRefusal) {
        guard let url = pass.webServiceURL, let token = pass.authenticationToken else { return }
        let service = try await acquaintance(url, pass.passTypeIdentifier)
        let task = WebServiceTask.register(serialNumber: pass.serialNumber)
        let response = await call(task, service, token: token, body: ["pushToken": .string(service.pushToken)]) {
            switch $0.status {
            case .created: "registered"
            case .ok: "was registered already"
            case .unauthorized: "the service does not know this pass's token"
            default: "unexpected"
            }
        }
        guard response?.status == .created || response?.status == .ok else {
            change(pass) { $0.registrationRetry = retry(after: $0.registrationRetry, response) }
            try directory.save(contents)
            return await report(response, of: task, to: service)
        }
        let hadTag = service.tag != nil
        change(pass) {
            $0.isRegistered = true
            $0.registrationRetry = nil
            $0.needsFetch = hadTag
        }
        try directory.save(contents)
        _ = try await askWhatChanged(service, pushed: false)
    }

    /// A web service as the phone knows it; one that it meets for the first time gets identifiers of its own.
    private func acquaintance(
        _ url: String, _ passTypeIdentifier: String
    ) async throws(PhoneRefusal) -> WebServiceIdentity {
        let place = contents.service(url: url, passTypeIdentifier: passTypeIdentifier)
        if let mintPushToken, contents.services[place].hasPushService != true {
            do {
                let token = try await mintPushToken(passTypeIdentifier)
                // Others may have been added meanwhile, none moved.
                contents.services[place].pushToken = token
                contents.services[place].hasPushService = true
            } catch {
                throw .unusable("the push service gave no token: \(error)")
            }
        }
        try directory.save(contents)
        return contents.services[place]
    }

    /// Tells the web services of deleted passes; one that does not answer is told later.
    func unregisterRemoved() async throws(PhoneRefusal) {
        for removed in contents.removed { try await unregister(removed) }
    }

    /// Tells a web service of a deleted pass.
    func unregister(_ removed: RemovedPass) async throws(PhoneRefusal) {
        let pass = removed.pass
        guard let service = contents.service(of: pass), let token = pass.authenticationToken else { return }
        let task = WebServiceTask.unregister(serialNumber: pass.serialNumber)
        let response = await call(task, service, token: token) {
            $0.status == .ok ? "unregistered" : "unexpected"
        }
        if response?.status != .ok { await report(response, of: task, to: service) }
        // A server in trouble is asked again; one that refuses is not.
        let again = Self.isPassing(response) ? retry(after: removed.retry, response) : nil
        contents.removed.removeAll { $0.pass.isSamePass(as: pass) }
        if let again { contents.removed.append(RemovedPass(pass: pass, retry: again)) }
        try directory.save(contents)
    }

    /// When to repeat a call that failed; nil when the service refused it for good, or the phone gives up.
    func retry(after earlier: Retry?, _ response: HTTPClientResponse?) -> Retry? {
        response?.status == .unauthorized ? nil : backOff.retry(after: earlier, now: now())
    }

    /// Sends a line about an answer that the phone can't use.
    func report(_ response: HTTPClientResponse?, of task: WebServiceTask, to service: WebServiceIdentity) async {
        guard let response else { return }
        await log([task.report(Self.error(of: response.status), for: service)], to: service)
    }

    /// Changes a pass that may be gone meanwhile.
    func change(_ pass: PassIdentity, _ body: (inout InstalledPass) -> Void) {
        guard let place = contents.index(pass.passTypeIdentifier, pass.serialNumber) else { return }
        body(&contents.passes[place])
    }

    private static func isPassing(_ response: HTTPClientResponse?) -> Bool {
        response.map { $0.status.rawValue >= 500 || $0.status == .tooManyRequests } ?? true
    }

    /// iOS's words for a status that ends a task.
    static func error(of status: HTTPStatus) -> String {
        status == .unauthorized ? "Authentication failure" : "Unexpected response code \(status.rawValue)"
    }
}
