import HTTPClient
import HTTPTypes

extension IPhone {
    /// Registers a pass and asks what changed, as iOS does right after each registration.
    func register(_ pass: PassIdentity) async throws(PhoneRefusal) {
        guard let url = pass.webServiceURL, let token = pass.authenticationToken else { return }
        let place = contents.service(url: url, passTypeIdentifier: pass.passTypeIdentifier)
        try directory.save(contents)
        let service = contents.services[place]
        let task = WebServiceTask.register(serialNumber: pass.serialNumber)
        let response = await call(task, service, token: token, body: ["pushToken": .string(service.pushToken)]) {
            switch $0.status {
            case .created: "registered"
            case .ok: "was registered already"
            case .unauthorized: "the service does not know this pass's token"
            default: "unexpected"
            }
        }
        guard let response else { return }
        guard response.status == .created || response.status == .ok else {
            return await log([task.report(Self.error(of: response.status), for: service)], to: service)
        }
        let hadTag = service.tag != nil
        if let installed = contents.index(pass.passTypeIdentifier, pass.serialNumber) {
            contents.passes[installed].isRegistered = true
            contents.passes[installed].needsFetch = hadTag
        }
        try directory.save(contents)
        _ = try await askWhatChanged(service, pushed: false)
    }

    /// Tells the web services of deleted passes; one that does not answer is told by the next refresh.
    func unregisterRemoved() async throws(PhoneRefusal) {
        for pass in contents.removed {
            guard let url = pass.webServiceURL, let token = pass.authenticationToken else { continue }
            let place = contents.service(url: url, passTypeIdentifier: pass.passTypeIdentifier)
            let service = contents.services[place]
            let task = WebServiceTask.unregister(serialNumber: pass.serialNumber)
            let response = await call(task, service, token: token) {
                $0.status == .ok ? "unregistered" : "unexpected"
            }
            guard let response else { continue }
            if response.status != .ok {
                await log([task.report(Self.error(of: response.status), for: service)], to: service)
                // A server in trouble is asked again; one that refuses is not.
                if response.status.rawValue >= 500 || response.status == .tooManyRequests { continue }
            }
            contents.removed.removeAll { $0.isSamePass(as: pass) }
            try directory.save(contents)
        }
    }

    /// iOS's words for a status that ends a task.
    static func error(of status: HTTPStatus) -> String {
        status == .unauthorized ? "Authentication failure" : "Unexpected response code \(status.rawValue)"
    }
}
