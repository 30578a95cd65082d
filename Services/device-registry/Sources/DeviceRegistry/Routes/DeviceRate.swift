import Contracts
import HTTPServer
import HTTPTypes

/// How many requests one device may send, whatever address it has: an identifier is all that such a request shows of it.
struct DeviceRate: Sendable {
    private let buckets: TokenBuckets<DeviceLibraryIdentifier>?

    /// So many a second, after a burst of ten seconds; without a limit when it is 0.
    init(perSecond: Double) {
        buckets =
            perSecond > 0
            ? TokenBuckets(perSecond: perSecond, burst: Int(max(1, min(perSecond * 10, 1e9)))) : nil
    }

    /// Refuses a request of a device that has sent too many. What can't be an identifier is answered without asking anybody.
    func check(_ head: HTTPRequestHead) throws(Problem) {
        guard let buckets,
            let device = head.parameters["deviceLibraryIdentifier"].flatMap(DeviceLibraryIdentifier.init(rawValue:)),
            let seconds = buckets.admit(device)
        else { return }
        throw Problem(.tooManyRequests, "There are too many requests of this device.").retryAfter(seconds: seconds)
    }
}
