import Contracts
import HTTPTypes
import JSON

/// One pass of one person, on whichever phones it lives.
struct Pass: Sendable, Hashable {
    let serialNumber: SerialNumber
    let campaign: CampaignID
    /// After an erasure the serial number, since keys are made of contacts.
    var passKey: PassKey
    var platforms: Set<Platform>
    var contact: JSONObject
    var voucher: JSONObject
    var voided: Bool
    /// The version of the campaign that it was last made of.
    var campaignVersion: Int
    /// Grows with each change of the row.
    var version: Int
    /// The key its authenticationToken was made with; an installed pass keeps it for life.
    let tokenKeyID: String
    /// The instant of its data.
    var dataAt: Instant
    /// What phones see as `Last-Modified`: whole seconds since 1970.
    var lastModified: Int
    /// When phones last had something new to fetch; nil while they had not.
    var changedAt: Instant?
    /// When it ceases to be good by itself; nil once that was told, or never.
    var expiresAt: Instant?
    let createdAt: Instant
    var updatedAt: Instant
    /// That its owner filled in the form that it asked for; nil while nobody has.
    var enrolment: Enrolment?
    /// When its contact was erased; nil while it is there.
    var erasedAt: Instant?
}
