import Contracts
import JSON

/// A pass and all that was written to it.
struct WrittenPass: Sendable {
    /// In how many places of the voucher numbers stand in turn, so that a lost one is not hidden by the next.
    static let slots = 16

    /// The key of its link.
    let key: String
    /// The wallet that it is in.
    let wallet: LinkPlatform
    /// Whether mass updates reach it.
    let isSteady: Bool
    /// Its changes one by one.
    var changes = Series()
    /// The newest acknowledged change in each place.
    var acknowledgedSlots: [Int: Int] = [:]
    /// How often a phone has registered it.
    var registrations = 0
    /// How often a phone has given it up.
    var removals = 0

    /// What a change writes.
    static func voucher(change number: Int) -> JSONObject {
        var voucher: JSONObject = ["points": .number(JSONNumber(number)), "mark": .string(mark(number))]
        voucher["slot\(number % slots)"] = .number(JSONNumber(number))
        return voucher
    }

    /// What phones and Google show of a change.
    static func mark(_ number: Int) -> String { "v\(number)." }

    /// What phones and Google show of a mass update.
    static func tier(_ number: Int) -> String { "m\(number)." }
}
