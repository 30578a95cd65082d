import Contracts
import HTTPTypes
import JSON
import Postgres
import ServiceKit

// Where this service's errors become answers: here, and nowhere else.

/// Runs what a route does and says its errors in HTTP's words.
func translated<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let error as BridgeError {
        throw Problem(bridge: error)
    } catch let fault as CallbackFault {
        throw Problem(callback: fault)
    } catch let fault as ServiceAccountFault {
        throw Problem(serviceAccount: fault)
    } catch let error as PostgresError {
        guard let problem = Problem(database: error) else { throw error }
        throw problem
    }
}

extension Problem {
    /// Says why a call does nothing.
    init(bridge error: BridgeError) {
        switch error {
        case .unknownIssuer:
            self.init(.notFound, "The wallet configuration has no Google issuer here. Send it first.")
        case .unknownClass: self.init(.notFound, "The campaign's class was not sent yet. Send it first.")
        case .unknownCampaign: self.init(.notFound, "No class of this campaign was sent.")
        case .unknownOperation: self.init(.notFound, "There is no such operation.")
        case .doneOperation: self.init(.conflict, "The operation is done.")
        case .faulty(let errors):
            self.init(.unprocessableContent, "Google would refuse this.", errors: errors)
        case .refusedObject(let words): self.init(.unprocessableContent, "Google refuses the pass: \(words)")
        case .refusedClass(let words): self.init(.conflict, "Google refuses the campaign's class: \(words)")
        case .tooManyVariants(let limit):
            self.init(
                .conflict,
                "The campaign's passes would need more than \(limit) classes at Google. Raise MAX_CLASS_VARIANTS, or let "
                    + "fewer of the values differ that Google keeps in the class.")
        case .googleTooSlow:
            self = Problem(.serviceUnavailable, "Google does not answer now. Try again.").retryAfter(seconds: 5)
        case .tooManyForLink(let count):
            self.init(
                .contentTooLarge,
                "A save link of \(count) passes has more than the \(SaveLinkMaker.longestJWT) characters that browsers and "
                    + "mail programs carry. Put fewer passes into one link.")
        case .ofLink(let index, let error):
            self = Problem(bridge: error)
            let words = "Pass \(index + 1) of the link: \(detail ?? title)"
            let place = JSONPointer.root.appending("objects").appending(index).description
            errors =
                errors?.map { ProblemError(pointer: place + $0.pointer, detail: $0.detail) }
                ?? [ProblemError(pointer: place, detail: detail ?? title)]
            detail = words
        case .google(let failure) where failure.consequence == .retry:
            self = Problem(.serviceUnavailable, "Google does not answer now. \(failure)")
                .retryAfter(seconds: failure.retryAfterSeconds ?? 5)
        case .google(let failure): self.init(.badGateway, "\(failure)")
        }
    }

    /// Says why a callback is not taken. Who forges one learns no more than that it failed.
    init(callback fault: CallbackFault) {
        switch fault {
        case .malformed(let detail): self.init(.badRequest, detail)
        case .foreignProtocol, .unknownKey, .expiredKey, .foreignRecipient, .wrongSignature, .expiredMessage:
            self.init(.unauthorized, "This is no callback of Google's for an issuer of ours.")
        case .keysUnavailable:
            self = Problem(.serviceUnavailable, "Google's keys can't be had now. Send it again later.")
                .retryAfter(seconds: 60)
        }
    }

    /// Says what is wrong with a service account's key file.
    init(serviceAccount fault: ServiceAccountFault) {
        let remedy = "Send the JSON key file as Google Cloud gave it."
        self.init(
            .unprocessableContent, "The service account can't be used. \(remedy)",
            errors: fault.members.map {
                ProblemError(pointer: "/serviceAccount/\($0.key)", detail: "\($0.detail) \(remedy)")
            })
    }
}
