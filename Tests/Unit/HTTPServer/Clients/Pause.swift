import Foundation

/// The pace of a deliberately slow client; never a wait for something to happen.
enum Pause {
    static func milliseconds(_ count: Int) {
        Thread.sleep(forTimeInterval: Double(count) / 1_000)
    }
}
