import Contracts
import HTTPServer
import HTTPTypes
import Synchronization

/// A device registry that refuses when it is told to, and notes what it takes.
final class RegistryStub: Sendable {
    /// What it was asked and what it took; apart from the server, whose routes hold it.
    final class Notes: Sendable {
        let taken = Mutex<[PassUpdatesRequest]>([])
        let seen = Mutex<[String]>([])
        let refusals = Mutex(0)
        /// Runs before an update of more than one pass is answered.
        let bulkDelay = Mutex<Duration?>(nil)
        let events = Mutex<RegistryEventsAnswer>(RegistryEventsAnswer(events: [], devices: []))
        let days = Mutex<[ActivityDay]>([])
    }

    let notes = Notes()
    let url: String
    private let server: HTTPServer

    init() throws {
        var routes = Routes { (_, _) throws(Problem) in }
        routes.serve(DeviceRegistryEndpoints.passUpdates) { [notes] _, request in
            notes.seen.withLock { $0.append(request.updateId.rawValue) }
            if request.serialNumbers.count > 1, let delay = notes.bulkDelay.withLock({ $0 }) {
                try await Task.sleep(for: delay)
            }
            let refuses = notes.refusals.withLock { count in
                defer { count = max(0, count - 1) }
                return count > 0
            }
            guard request.serialNumbers.count <= 10_000 else { throw Problem(.unprocessableContent) }
            if refuses { throw Problem(.serviceUnavailable) }
            notes.taken.withLock { taken in
                // A repeat is answered as the first time and changes nothing.
                if !taken.contains(where: { $0.updateId == request.updateId }) { taken.append(request) }
            }
            return PassUpdatesAnswer(passes: request.serialNumbers.count, devices: 0)
        }
        routes.serve(DeviceRegistryEndpoints.installations) { _, request in
            InstallationsAnswer(installations: request.serialNumbers.map { _ in 3 })
        }
        routes.serve(DeviceRegistryEndpoints.passEvents) { [notes] _, _ in notes.events.withLock { $0 } }
        routes.serve(DeviceRegistryEndpoints.statistics) { [notes] request, _ in
            _ = try DayRange(request.query)
            return StatisticsAnswer(days: notes.days.withLock { $0 })
        }
        server = HTTPServer(
            configuration: HTTPServerConfiguration(name: "registry", address: "127.0.0.1"), routes: routes)
        try server.start()
        url = "http://127.0.0.1:\(server.port)"
    }

    /// Every serial number that it was told, once for each update that holds it.
    var serialNumbers: [String] {
        notes.taken.withLock { $0.flatMap { $0.serialNumbers.map(\.rawValue) } }
    }

    func stop() async {
        await server.stop(deadline: .seconds(1))
    }
}
