import HTTPTypes

/// Why somebody sees a page instead of a pass; the raw value begins the names of its texts.
enum LinkTrouble: String, Sendable, CaseIterable {
    /// The link's time is over.
    case expired
    /// The campaign's time is over.
    case ended
    /// The data of the person were erased.
    case erased
    /// The link is not as it was sent.
    case broken
    /// There is no such campaign.
    case unknown
    /// The campaign gives no passes yet, or none for this wallet.
    case unfinished
    /// The data of the pass don't fit.
    case unsuitable
    /// It works again soon.
    case busy
    /// Too many requests came at once from where the reader is.
    case hurried

    init(_ error: any Error) {
        switch error {
        case let error as IssuingError: self.init(issuing: error)
        default: self = .busy
        }
    }

    /// Why a request did not come as far as its link.
    init(_ problem: Problem) {
        switch problem.httpStatus {
        case .tooManyRequests: self = .hurried
        case .notFound, .methodNotAllowed: self = .unknown
        case .serviceUnavailable, .internalServerError: self = .busy
        default: self = .broken
        }
    }

    private init(issuing error: IssuingError) {
        switch error {
        case .link(.expired): self = .expired
        case .link(.malformed), .link(.untrusted): self = .broken
        case .unknownCampaign, .unknownPass: self = .unknown
        case .endedCampaign: self = .ended
        case .erasedContact, .erasedPass: self = .erased
        case .draftCampaign, .platformNotConfigured: self = .unfinished
        case .faultyPass, .googleRefused, .googleRefusesTogether, .notPersonalizable, .alreadyPersonalized,
            .nothingEntered, .package:
            self = .unsuitable
        case .ofBundle(_, _, let error): self.init(issuing: error)
        case .googleUnavailable, .lostTokenKey, .versionGone, .contended: self = .busy
        }
    }
}
