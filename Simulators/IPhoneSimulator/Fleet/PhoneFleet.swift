import HTTPClient
import HTTPTypes
import JSON

/// Thousands of phones in one process, for tests of the way from a change to the phone and for load.
///
/// They do what a phone does at each push: one question what changed, then each listed pass with `If-Modified-Since`, again
/// after ever longer pauses when that fails. They judge no signature and keep nothing on disk.
public actor PhoneFleet {
    private let webServiceURL: String
    private let passTypeIdentifier: String
    private let client: HTTPClient
    private let backOff: BackOff
    private let parallel: Int
    private let queue = AsyncStream.makeStream(of: Int.self)
    private var places: [String: Int] = [:]
    /// Pushes that wait for phones to be reachable again; nil while they are. APNs keeps the newest for each.
    private var keptPushes: [String: Push]?

    /// The phones, in the order in which they were added.
    public private(set) var phones: [FleetPhone] = []
    /// What they have done.
    public private(set) var counts = FleetCounts()
    /// What displeased them in answers, the first hundred.
    public private(set) var complaints: [String] = []

    /// A fleet without phones.
    ///
    /// - Parameters:
    ///   - parallel: how many phones are at work at once.
    ///   - backOff: the pauses before a phone repeats what failed.
    public init(
        webServiceURL: String, passTypeIdentifier: String, client: HTTPClient, parallel: Int = 16,
        backOff: BackOff = .hasty
    ) {
        self.webServiceURL = webServiceURL
        self.passTypeIdentifier = passTypeIdentifier
        self.client = client
        self.parallel = parallel
        self.backOff = backOff
    }

    /// Takes a phone in, whose passes are registered already or will be by `register`.
    public func add(_ phone: FleetPhone) {
        places[phone.pushToken] = phones.count
        phones.append(phone)
    }

    /// Registers every pass of every phone; each phone asks what changed then, as after a push.
    public func register() async {
        for place in phones.indices {
            for (serialNumber, pass) in phones[place].passes {
                let body: JSONValue = ["pushToken": .string(phones[place].pushToken)]
                let answer = await call(
                    .register(serialNumber: serialNumber), phones[place], token: pass.authenticationToken, body: body)
                let isRegistered = answer?.status == .created || answer?.status == .ok
                if !isRegistered { complain("registration of \(serialNumber)", answer) }
            }
            follow(place)
        }
    }

    /// Whether pushes reach the phones. Meanwhile APNs keeps one for each, which comes when they are back.
    public func setReachable(_ isReachable: Bool) {
        if !isReachable {
            keptPushes = keptPushes ?? [:]
        } else if let kept = keptPushes {
            keptPushes = nil
            for push in kept.values { receive(push) }
        }
    }

    /// A push came.
    public func receive(_ push: Push) {
        guard keptPushes == nil else {
            keptPushes?[push.pushToken] = push
            return
        }
        guard push.passTypeIdentifier == passTypeIdentifier, let place = places[push.pushToken] else {
            counts.strayPushes += 1
            return
        }
        counts.pushes += 1
        follow(place)
    }

    /// Lets the phones follow their pushes until the task is cancelled.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for await place in queue.stream {
                if running == parallel {
                    await group.next()
                    running -= 1
                }
                group.addTask { await self.serve(place) }
                running += 1
            }
        }
    }

    /// No phone has anything to do.
    public var isIdle: Bool { !phones.contains(where: \.isBusy) }

    private func follow(_ place: Int) {
        phones[place].isPushed = true
        guard !phones[place].isBusy else { return }
        phones[place].isBusy = true
        queue.continuation.yield(place)
    }

    /// Pushes that come meanwhile are one more reason to ask, however many they are.
    private func serve(_ place: Int) async {
        var retry: Retry?
        while phones[place].isPushed || !phones[place].pending.isEmpty, !Task.isCancelled {
            let isDone = await ask(place)
            if isDone, await fetchPending(place) {
                retry = nil
                continue
            }
            guard let next = backOff.retry(after: retry, now: .now()) else {
                counts.abandoned += 1
                phones[place].isPushed = false
                phones[place].pending = []
                break
            }
            retry = next
            // Cancelled it ends at once, and so does the loop.
            try? await Task.sleep(for: .milliseconds(next.dueAt.seconds(since: .now()) * 1_000))
        }
        phones[place].isBusy = false
    }

    private func ask(_ place: Int) async -> Bool {
        guard phones[place].isPushed else { return true }
        phones[place].isPushed = false
        let answer = await call(.whatChanged, phones[place])
        switch answer?.status {
        case .noContent?:
            counts.asked += 1
            counts.askedInVain += 1
            return true
        case .ok?:
            guard let changed = answer.flatMap(ChangedPasses.init) else { break }
            counts.asked += 1
            if changed.tag == nil || changed.tag == phones[place].tag { complain("the tag", answer) }
            phones[place].tag = changed.tag
            for serialNumber in changed.serialNumbers {
                if phones[place].passes[serialNumber] == nil { complain("a pass it does not have", answer) }
            }
            phones[place].pending.formUnion(changed.serialNumbers.filter { phones[place].passes[$0] != nil })
            return true
        default: break
        }
        counts.failures += 1
        phones[place].isPushed = true
        return false
    }

    private func fetchPending(_ place: Int) async -> Bool {
        for serialNumber in phones[place].pending.sorted() {
            guard let pass = phones[place].passes[serialNumber] else { continue }
            let task = WebServiceTask.getPass(serialNumber: serialNumber, ifModifiedSince: pass.lastModified)
            let answer = await call(task, phones[place], token: pass.authenticationToken)
            switch answer?.status {
            case .notModified?: counts.notModified += 1
            case .ok?: take(answer, serialNumber, place)
            default:
                counts.failures += 1
                return false
            }
            phones[place].pending.remove(serialNumber)
        }
        return true
    }

    private func take(_ answer: HTTPClientResponse?, _ serialNumber: String, _ place: Int) {
        guard let answer, let package = try? ZIPArchive(answer.body),  // What it is instead does not matter.
            package.passJSON["serialNumber"]?.stringValue == serialNumber
        else { return complain("the package of \(serialNumber)", answer) }
        if answer.headers["Last-Modified"] == nil { complain("a package without Last-Modified", answer) }
        if package.passJSON == phones[place].passes[serialNumber]?.content { complain("the same package", answer) }
        counts.fetched += 1
        phones[place].passes[serialNumber]?.content = package.passJSON
        phones[place].passes[serialNumber]?.lastModified = answer.headers["Last-Modified"]
    }

    private func complain(_ what: String, _ answer: HTTPClientResponse?) {
        guard complaints.count < 100 else { return }
        complaints.append("\(what) (status \(answer.map { String($0.status.rawValue) } ?? "none"))")
    }

    private func call(
        _ task: WebServiceTask, _ phone: FleetPhone, token: String? = nil, body: JSONValue? = nil
    ) async -> HTTPClientResponse? {
        var service = WebServiceIdentity(
            url: webServiceURL, passTypeIdentifier: passTypeIdentifier,
            deviceLibraryIdentifier: phone.deviceLibraryIdentifier, pushToken: phone.pushToken)
        service.tag = phone.tag
        let request = IPhone.request(task, service, token: token, body: body)
        return try? await client.send(request)  // No answer is counted by who called.
    }
}
