import Contracts
import HTTPClient

/// Why a pass is not made, changed or handed out.
enum IssuingError: Error, Sendable {
    case link(LinkError)
    case unknownCampaign
    case unknownPass
    /// The person that a link is about was erased after it was made.
    case erasedContact
    /// The pass's contact was erased.
    case erasedPass
    /// The campaign lacks images that its platforms require.
    case draftCampaign
    case endedCampaign
    /// The campaign's wallet configuration holds nothing for this platform.
    case platformNotConfigured(Platform)
    /// Passes for Google are made by google-bridge, which can't be asked.
    case googleUnavailable
    /// google-bridge refuses the pass, in its own words.
    case googleRefused(String)
    /// Google takes each of several passes, but not all in one link.
    case googleRefusesTogether(String)
    /// With the real values the pass would be refused by phones, or lacks a required token.
    case faultyPass([PassFault])
    /// The pass asks its owner for nothing.
    case notPersonalizable
    /// Its owner filled in the form before, and another token was signed.
    case alreadyPersonalized
    /// Nothing that the form asks for was entered.
    case nothingEntered
    /// The package can't be made: too large, or the key refuses to sign.
    case package(PackageFault)
    /// The ring of token keys lost the key that this pass was issued with.
    case lostTokenKey(String)
    /// The version of the campaign was replaced between its reading and its use: what was begun is begun again.
    case versionGone
    /// So many writers change the pass at once that this one found no gap.
    case contended
    /// One pass of a link to several, counted from 0.
    indirect case ofBundle(Int, count: Int, IssuingError)
}

extension IssuingError {
    /// Whether the caller can do nothing about it, and an operator must.
    var isOurFault: Bool {
        switch self {
        case .package(.archive), .package(.signature), .lostTokenKey: true
        case .ofBundle(_, _, let error): error.isOurFault
        case .link, .unknownCampaign, .unknownPass, .erasedContact, .erasedPass, .draftCampaign, .endedCampaign,
            .platformNotConfigured, .googleUnavailable, .googleRefused, .googleRefusesTogether, .faultyPass,
            .notPersonalizable,
            .alreadyPersonalized, .nothingEntered, .package(.tooLarge), .package(.bundleTooLarge), .versionGone,
            .contended:
            false
        }
    }
}

extension IssuingError {
    /// Why google-bridge gave no page to save a pass on.
    init(google error: RPCError) {
        switch error {
        case .problem(let problem) where [400, 409, 410, 422].contains(problem.status):
            self = .googleRefused(problem.detail ?? problem.title)
        case .problem(let problem) where problem.status == 413:
            self = .googleRefusesTogether(problem.detail ?? problem.title)
        // 404: the outbox has not brought it the credentials yet.
        case .problem, .unreachable, .malformedResponse, .invalidCall:
            self = .googleUnavailable
        }
    }
}
