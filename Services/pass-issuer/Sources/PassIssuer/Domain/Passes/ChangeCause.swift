/// What changed a pass; the words stand in its timeline.
enum ChangeCause: Sendable, Hashable {
    case patch
    case newerLink
    case newCampaignVersion(Int)
    case massUpdate
    case campaignEnd
    case personalization
    case erasure

    /// A sentence for people, without personal data.
    var detail: String {
        switch self {
        case .patch: "Its data were changed."
        case .newerLink: "A newer link brought newer data."
        case .newCampaignVersion(let version): "It was made of version \(version) of its campaign."
        case .massUpdate: "Its data were changed by a mass update."
        case .campaignEnd: "Its campaign was ended, and it is void."
        case .personalization: "Its owner filled in the form that it asked for."
        case .erasure: "Its contact was erased, and it is void."
        }
    }
}
