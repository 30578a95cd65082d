import HTTPTypes
import JSON

/// The body of an answer that is no success: `{"reason":"Unregistered","timestamp":1454948015990}`.
struct APNsBody: Sendable, Hashable {
    let reason: APNsReason?
    /// Since when the token is not valid; APNs counts milliseconds.
    let timestamp: Instant?

    /// Reads what is there; a proxy's page has neither.
    init(_ bytes: [UInt8]) {
        // What is no JSON says nothing.
        let json = try? JSON.parse(bytes)
        reason = json?["reason"]?.stringValue.flatMap(APNsReason.init(rawValue:))
        timestamp = json?["timestamp"]?.intValue.flatMap { milliseconds in
            milliseconds > 0 ? Instant(microseconds: Int64(clamping: milliseconds.multipliedClamped(by: 1_000))) : nil
        }
    }
}

extension Int {
    fileprivate func multipliedClamped(by factor: Int) -> Int {
        let (product, overflows) = multipliedReportingOverflow(by: factor)
        return overflows ? .max : product
    }
}
