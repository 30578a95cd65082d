import HTTPClient
import HTTPTypes

extension IPhone {
    /// Does what was left to do and asks each web service what changed.
    @discardableResult
    public func refresh() async throws(PhoneRefusal) -> [PassUpdate] {
        try await unregisterRemoved()
        for pass in contents.passes where !pass.isRegistered { try await register(pass.pass) }
        var updates: [PassUpdate] = []
        for service in contents.services { updates += try await askWhatChanged(service, pushed: false) }
        return updates
    }

    /// A push for a pass type came: asks every web service that has passes of it.
    @discardableResult
    public func receivePush(passTypeIdentifier: String) async throws(PhoneRefusal) -> [PassUpdate] {
        var updates: [PassUpdate] = []
        for service in contents.services where service.passTypeIdentifier == passTypeIdentifier {
            updates += try await askWhatChanged(service, pushed: true)
        }
        return updates
    }

    /// A push came; one to a token that is not this phone's is none of its business.
    @discardableResult
    public func receive(_ push: Push) async throws(PhoneRefusal) -> [PassUpdate] {
        let isMine = contents.services.contains {
            $0.passTypeIdentifier == push.passTypeIdentifier && $0.pushToken == push.pushToken
        }
        return isMine ? try await receivePush(passTypeIdentifier: push.passTypeIdentifier) : []
    }

    /// The user pulls down on the back of a pass; nil when there is none of this serial number.
    @discardableResult
    public func pullToRefresh(serialNumber: String) async throws(PhoneRefusal) -> PassUpdate? {
        guard let place = contents.passes.firstIndex(where: { $0.pass.serialNumber == serialNumber }),
            let url = contents.passes[place].pass.webServiceURL
        else { return nil }
        let type = contents.passes[place].pass.passTypeIdentifier
        let service = contents.services[contents.service(url: url, passTypeIdentifier: type)]
        return try await fetch(serialNumber, from: service, wasListed: false)
    }

    /// Asks one web service what changed and fetches what it lists, and what it listed before without success.
    func askWhatChanged(_ service: WebServiceIdentity, pushed: Bool) async throws(PhoneRefusal) -> [PassUpdate] {
        let task = WebServiceTask.whatChanged
        let response = await call(task, service) { response in
            switch response.status {
            case .noContent: "nothing changed"
            case .ok:
                ChangedPasses(response).map { "changed: \($0.serialNumbers.count), tag \($0.tag ?? "none")" }
                    ?? "not the answer that a phone expects"
            default: "unexpected"
            }
        }
        let hasFailed = response?.status != .ok && response?.status != .noContent
        let place = contents.service(url: service.url, passTypeIdentifier: service.passTypeIdentifier)
        contents.services[place].retry = hasFailed ? retry(after: contents.services[place].retry, response) : nil
        try directory.save(contents)
        var listed: [String] = []
        switch response?.status {
        case .noContent?:
            if response?.body.isEmpty == false {
                await log([task.report("Malformed response", for: service)], to: service)
            } else if pushed, isOld(service) {
                await log([Complaint.spuriousPush(tag: service.tag).report(for: service)], to: service)
            }
        case .ok?: listed = try await take(response.flatMap(ChangedPasses.init), from: service)
        default: await report(response, of: task, to: service)
        }
        return try await fetchPending(of: service, listed: Set(listed))
    }

    // iOS complains of a push without a change only when its tag is five minutes old: until then the push may be for a
    // change that it has been told of already.
    private func isOld(_ service: WebServiceIdentity) -> Bool {
        service.tagAt.map { now().seconds(since: $0) >= Self.patience } ?? false
    }

    private func take(
        _ changed: ChangedPasses?, from service: WebServiceIdentity
    ) async throws(PhoneRefusal) -> [String] {
        guard let changed else {
            await log([WebServiceTask.whatChanged.report("Malformed response", for: service)], to: service)
            return []
        }
        let count = changed.serialNumbers.count
        var complaints: [Complaint] = []
        if let tag = changed.tag {
            if tag == service.tag, count > 0 { complaints.append(.sameTag(tag, count: count)) }
        } else {
            complaints.append(.missingTag(count: count))
        }
        for serialNumber in changed.serialNumbers {
            if let place = contents.index(service.passTypeIdentifier, serialNumber) {
                contents.passes[place].needsFetch = true
            } else {
                complaints.append(.unregisteredSerialNumber(serialNumber))
            }
        }
        let place = contents.service(url: service.url, passTypeIdentifier: service.passTypeIdentifier)
        if let tag = changed.tag {
            contents.services[place].tag = tag
            contents.services[place].tagAt = now()
        }
        try directory.save(contents)
        await log(complaints.map { $0.report(for: service) }, to: service)
        return changed.serialNumbers
    }

    private func fetchPending(
        of service: WebServiceIdentity, listed: Set<String>
    ) async throws(PhoneRefusal) -> [PassUpdate] {
        let pending = contents.passes.filter {
            $0.needsFetch && $0.pass.webServiceURL == service.url
                && $0.pass.passTypeIdentifier == service.passTypeIdentifier
        }
        var updates: [PassUpdate] = []
        for serialNumber in pending.map(\.pass.serialNumber) {
            let wasListed = listed.contains(serialNumber)
            updates.append(try await fetch(serialNumber, from: service, wasListed: wasListed))
        }
        return updates
    }
}
