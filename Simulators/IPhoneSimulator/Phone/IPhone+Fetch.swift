import HTTPClient
import HTTPTypes

extension IPhone {
    /// Seconds for which a pass or tag counts as fresh, and an answer without a change as no fault of the service.
    static let patience = 300.0

    /// Fetches a pass and takes the package when it is new and sound.
    func fetch(
        _ serialNumber: String, from service: WebServiceIdentity, wasListed: Bool
    ) async throws(PhoneRefusal) -> PassUpdate {
        guard let place = contents.index(service.passTypeIdentifier, serialNumber) else {
            return PassUpdate(serialNumber: serialNumber, outcome: .failed)
        }
        let installed = contents.passes[place]
        let task = WebServiceTask.getPass(serialNumber: serialNumber, ifModifiedSince: installed.lastModified)
        let response = await call(task, service, token: installed.pass.authenticationToken) {
            switch $0.status {
            case .ok: "new package, \($0.body.count) bytes"
            case .notModified: "not modified"
            case .unauthorized: "the service does not know this pass's token"
            default: "unexpected"
            }
        }
        guard let response else { return try await failed(installed, task, nil, service) }
        let isOld = now().seconds(since: installed.updatedAt) >= Self.patience
        switch response.status {
        case .notModified:
            try settle(serialNumber, of: service)
            if wasListed, isOld {
                await log([Complaint.passUnchanged(serialNumber: serialNumber).report(for: service)], to: service)
            }
            return PassUpdate(serialNumber: serialNumber, outcome: .unchanged)
        case .ok:
            return try await take(response, for: installed, task: task, from: service)
        default:
            return try await failed(installed, task, response, service)
        }
    }

    private func failed(
        _ installed: InstalledPass, _ task: WebServiceTask, _ response: HTTPClientResponse?,
        _ service: WebServiceIdentity
    ) async throws(PhoneRefusal) -> PassUpdate {
        change(installed.pass) {
            $0.fetchRetry = retry(after: $0.fetchRetry, response)
            // Refused, it waits for the next push or refresh; given up, for the next change.
            if $0.fetchRetry == nil, response?.status != .unauthorized { $0.needsFetch = false }
        }
        try directory.save(contents)
        await report(response, of: task, to: service)
        return PassUpdate(serialNumber: installed.pass.serialNumber, outcome: .failed)
    }

    private func take(
        _ response: HTTPClientResponse, for installed: InstalledPass, task: WebServiceTask,
        from service: WebServiceIdentity
    ) async throws(PhoneRefusal) -> PassUpdate {
        let serialNumber = installed.pass.serialNumber
        let package: PassPackage
        do {
            package = try await examine(response, for: installed.pass)
        } catch {
            try settle(serialNumber, of: service)
            await log([task.report("Received invalid pass data: \(error)", for: service)], to: service)
            return PassUpdate(serialNumber: serialNumber, outcome: .refused(error))
        }
        let lastModified = response.headers["Last-Modified"]
        var complaints: [Complaint] = []
        if lastModified == nil { complaints.append(.missingLastModified(serialNumber: serialNumber)) }
        let old = try ZIPArchive(directory.package(installed.file))
        let isUnchanged = old.manifest == package.manifest
        if isUnchanged, let date = installed.lastModified {
            complaints.append(.ignoredIfModifiedSince(date, serialNumber: serialNumber))
        }
        try install(package, lastModified: lastModified)
        try directory.save(contents)
        await log(complaints.map { $0.report(for: service) }, to: service)
        guard !isUnchanged else { return PassUpdate(serialNumber: serialNumber, outcome: .unchanged) }
        let changes = FieldChange.changes(from: old.passJSON, to: package.content)
        return PassUpdate(serialNumber: serialNumber, outcome: .updated, changes: changes)
    }

    private func examine(
        _ response: HTTPClientResponse, for pass: PassIdentity
    ) async throws(PhoneRefusal) -> PassPackage {
        try Self.checkMediaType(of: response)
        let package = try await PassPackage(response.body, authorities: authorities, allowsHTTP: allowsHTTP)
        guard package.pass.isSamePass(as: pass) else {
            throw .otherPass("\(package.pass.passTypeIdentifier) \(package.pass.serialNumber)")
        }
        guard package.pass.authenticationToken == pass.authenticationToken else {
            throw .otherPass("with another authenticationToken, which can never change")
        }
        return package
    }

    private func settle(_ serialNumber: String, of service: WebServiceIdentity) throws(PhoneRefusal) {
        if let place = contents.index(service.passTypeIdentifier, serialNumber) {
            contents.passes[place].needsFetch = false
            contents.passes[place].fetchRetry = nil
        }
        try directory.save(contents)
    }
}
