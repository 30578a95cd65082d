import Contracts
import HTTPTypes

/// Why a call to this service does nothing.
enum BridgeError: Error, Sendable {
    /// The wallet configuration has no Google issuer here.
    case unknownIssuer(WalletConfigurationID)
    /// The campaign's class was not sent yet.
    case unknownClass(CampaignID)
    /// No class of the campaign was ever sent, so there is nothing to administer.
    case unknownCampaign(CampaignID)
    /// There is no operation of this id.
    case unknownOperation
    /// The operation is done, so there is nothing to retry.
    case doneOperation
    /// Google would refuse the content.
    case faulty([ProblemError])
    /// Google refused the object, in its own words.
    case refusedObject(String)
    /// Google refused the class, in its own words.
    case refusedClass(String)
    /// The campaign would have more classes than it may.
    case tooManyVariants(Int)
    /// Google did not answer in time, and the object is too long for a link.
    case googleTooSlow
    /// The link to so many passes would be too long, although it carries ids alone.
    case tooManyForLink(Int)
    /// One of several passes of a link, counted from 0.
    indirect case ofLink(Int, BridgeError)
    /// Google does not answer a question of the administrator's.
    case google(GoogleFailure)
}
