import CCurl
import Glibc
import Synchronization

/// The thread that drives every transfer of a client.
///
/// Unchecked: `inbox` is guarded by its lock; what is below it belongs to the thread once that has started.
final class EventThread: @unchecked Sendable {
    private enum Phase { case idle, running, stopping, ended }

    private struct Inbox {
        var phase = Phase.idle
        var started: [Transfer] = []
        var cancelled: [Transfer] = []
        /// Set while the thread runs; a wake-up must not reach it after its end.
        var multi: UnsafeMutableRawPointer?
    }

    private struct Running {
        let transfer: Transfer
        let handle: EasyHandle
    }

    /// Handles that wait for their next transfer.
    private static let maximumSpares = 32
    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let configuration: HTTPClientConfiguration
    private let inbox = Mutex(Inbox())
    private var running: [UnsafeMutableRawPointer: Running] = [:]
    private var spares: [EasyHandle] = []
    /// No deadline comes before it.
    private var nextDeadline: ContinuousClock.Instant?

    init(configuration: HTTPClientConfiguration) {
        self.configuration = configuration
    }

    // MARK: Any thread

    func start(_ transfer: Transfer, _ continuation: CheckedContinuation<Transfer.Outcome, Never>) {
        transfer.begin(continuation)
        let isAccepted = inbox.withLock { inbox in
            guard inbox.phase == .running || inbox.phase == .idle && launch(&inbox) else { return false }
            inbox.started.append(transfer)
            wake(inbox)
            return true
        }
        if !isAccepted { transfer.finish(.failure(.closed)) }
    }

    func cancel(_ transfer: Transfer) {
        // Before the message: whichever of start and cancellation the thread sees first, it sees the mark.
        transfer.isCancelled.store(true, ordering: .sequentiallyConsistent)
        inbox.withLock { inbox in
            inbox.cancelled.append(transfer)
            wake(inbox)
        }
    }

    func stop() {
        inbox.withLock { inbox in
            guard inbox.phase == .running else {
                inbox.phase = .ended
                return
            }
            inbox.phase = .stopping
            wake(inbox)
        }
    }

    private func wake(_ inbox: borrowing Inbox) {
        if let multi = inbox.multi { curl_multi_wakeup(multi) }
    }

    private func launch(_ inbox: inout Inbox) -> Bool {
        guard Self.isLibraryReady, let multi = curl_multi_init() else { return false }
        ccurl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maximumConnectionsPerHost)
        ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maximumKeptConnections)
        ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
        inbox.multi = multi
        inbox.phase = .running
        let context = Unmanaged.passRetained(self).toOpaque()
        var thread = pthread_t()
        guard pthread_create(&thread, nil, runEventThread, context) == 0 else {
            Unmanaged<EventThread>.fromOpaque(context).release()
            inbox.multi = nil
            inbox.phase = .idle
            curl_multi_cleanup(multi)
            return false
        }
        pthread_detach(thread)
        return true
    }

    // MARK: The event thread

    fileprivate func run() {
        guard let multi = inbox.withLock({ $0.multi }) else { return }
        while takeInbox(multi) {
            var count: Int32 = 0
            curl_multi_perform(multi, &count)
            finishCompleted(multi)
            finishOverdue(multi)
            curl_multi_poll(multi, nil, 0, pollTimeout(), nil)
        }
        for entry in Array(running.values) { end(entry, multi, .failure(.closed)) }
        spares = []
        inbox.withLock { inbox in
            inbox.multi = nil
            inbox.phase = .ended
        }
        curl_multi_cleanup(multi)
    }

    /// False when the client was shut down.
    private func takeInbox(_ multi: UnsafeMutableRawPointer) -> Bool {
        let (phase, started, cancelled) = inbox.withLock { inbox in
            defer {
                inbox.started = []
                inbox.cancelled = []
            }
            return (inbox.phase, inbox.started, inbox.cancelled)
        }
        guard phase == .running else {
            for transfer in started { transfer.finish(.failure(.closed)) }
            return false
        }
        for transfer in started { begin(transfer, multi) }
        for transfer in cancelled {
            // A transfer that has ended meanwhile, or is seen before its start, is not among them.
            guard let entry = running.values.first(where: { $0.transfer === transfer }) else { continue }
            end(entry, multi, .failure(.cancelled))
        }
        return true
    }

    private func begin(_ transfer: Transfer, _ multi: UnsafeMutableRawPointer) {
        guard !transfer.isCancelled.load(ordering: .sequentiallyConsistent) else {
            return transfer.finish(.failure(.cancelled))
        }
        guard let handle = spares.popLast() ?? EasyHandle() else {
            return transfer.finish(.failure(.failed(code: Int(CURLE_OUT_OF_MEMORY.rawValue))))
        }
        transfer.permitsAddress = configuration.permitsAddress
        do throws(HTTPClientError) {
            try handle.prepare(transfer, configuration)
        } catch {
            return transfer.finish(.failure(error))
        }
        let code = curl_multi_add_handle(multi, handle.pointer)
        guard code == CURLM_OK else { return transfer.finish(.failure(.failed(code: Int(code.rawValue)))) }
        running[handle.pointer] = Running(transfer: transfer, handle: handle)
        nextDeadline = min(nextDeadline ?? transfer.deadline, transfer.deadline)
    }

    private func finishCompleted(_ multi: UnsafeMutableRawPointer) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            var code = CURLE_OK
            // The message is gone once its handle is removed.
            guard ccurl_result(message, &code), let pointer = message.pointee.easy_handle,
                let entry = running[pointer]
            else { continue }
            let transfer = entry.transfer
            end(entry, multi, code == CURLE_OK ? .success(transfer.response) : .failure(Self.fault(of: transfer, code)))
        }
    }

    private static func fault(of transfer: Transfer, _ code: CURLcode) -> HTTPClientError {
        if let fault = transfer.fault { return fault }
        // The request's own scheme was checked before: this is a redirect's, or an answer without a status line.
        if code == CURLE_UNSUPPORTED_PROTOCOL { return transfer.isRedirected ? .redirectRefused : .malformedResponse }
        return HTTPClientError(code)
    }

    /// Deadlines are kept here: libcurl's own do not run while a transfer waits for a connection.
    private func finishOverdue(_ multi: UnsafeMutableRawPointer) {
        let now = ContinuousClock.now
        guard let nextDeadline, nextDeadline <= now else { return }
        for entry in Array(running.values) where entry.transfer.deadline <= now {
            end(entry, multi, .failure(.timedOut))
        }
        self.nextDeadline = running.values.map(\.transfer.deadline).min()
    }

    private func end(_ entry: Running, _ multi: UnsafeMutableRawPointer, _ outcome: Transfer.Outcome) {
        running[entry.handle.pointer] = nil
        curl_multi_remove_handle(multi, entry.handle.pointer)
        entry.handle.reset()
        if spares.count < Self.maximumSpares { spares.append(entry.handle) }
        entry.transfer.finish(outcome)
    }

    private func pollTimeout() -> Int32 {
        guard let nextDeadline else { return 60_000 }
        return Int32(clamping: max(0, min(60_000, ContinuousClock.now.duration(to: nextDeadline).wholeMilliseconds)))
    }
}

private func runEventThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<EventThread>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}
