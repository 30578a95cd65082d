import HTTPTypes
import JSON
import Postgres
import ServiceKit

// Where this service's errors become answers: here, and nowhere else.

/// Runs what a route does and says its errors in HTTP's words.
func translated<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let error as IssuingError where error.isOurFault {
        // Answered 500 without detail, and logged with its reason.
        throw error
    } catch let error as IssuingError {
        throw Problem(issuing: error)
    } catch let error as AdministrationError {
        throw Problem(administration: error)
    } catch let error as ImportFault {
        throw Problem(administration: .faulty([PassFault(.root, error.reason, error.remedy)]))
    } catch let error as PostgresError {
        guard let problem = Problem(database: error) else { throw error }
        throw problem
    }
}

extension Problem {
    /// Says why a pass is not made, changed or handed out.
    init(issuing error: IssuingError) {
        switch error {
        case .link(.malformed): self.init(.badRequest, "This is not a link of ours. Open it exactly as it was sent.")
        case .link(.untrusted):
            self.init(.unauthorized, "This link was not made by us, or was changed. Ask its sender for a new one.")
        case .link(.expired): self.init(.gone, "This link has expired. Ask its sender for a new one.")
        case .unknownCampaign: self.init(.notFound, "The campaign of this link does not exist.")
        case .unknownPass: self.init(.notFound, "There is no such pass.")
        case .erasedContact:
            self.init(.gone, "The data that this link is about were erased. Ask its sender for a new one.")
        case .erasedPass: self.init(.gone, "The contact of this pass was erased.")
        case .draftCampaign:
            self.init(
                .conflict, "The campaign is a draft: it lacks images that its platforms require. See its warnings.")
        case .endedCampaign: self.init(.gone, "The campaign has ended.")
        case .platformNotConfigured(.apple):
            self.init(.conflict, "The campaign's wallet configuration has no Apple certificate. Add one to it.")
        case .platformNotConfigured(.google):
            self.init(.conflict, "The campaign's wallet configuration has no Google issuer. Add one to it.")
        case .googleUnavailable:
            self = Problem(.serviceUnavailable, "Google Wallet can't be reached now. Try again later.")
                .retryAfter(seconds: 10)
        case .googleRefused(let detail):
            self.init(.conflict, "Google Wallet does not take this pass: \(detail)")
        case .googleRefusesTogether(let detail):
            self.init(.conflict, "Google Wallet does not take these passes in one link. \(detail)")
        case .faultyPass(let faults):
            self.init(
                .unprocessableContent, "With these values phones would refuse the pass.",
                errors: faults.map(ProblemError.init(fault:)))
        case .notPersonalizable: self.init(.conflict, "The pass asks its owner for nothing.")
        case .alreadyPersonalized: self.init(.conflict, "The pass was personalised with another token.")
        case .nothingEntered: self.init(.unprocessableContent, "Nothing that the pass asks for was entered.")
        case .package(.tooLarge(let count)):
            self.init(.unprocessableContent, PackageFault.tooLarge(count).description)
        case .package(.bundleTooLarge(let count, let limit)):
            self.init(.unprocessableContent, PackageFault.bundleTooLarge(count, limit: limit).description)
        case .package(.archive), .package(.signature), .lostTokenKey:
            self.init(.internalServerError)
        case .contended, .versionGone:
            self = Problem(.serviceUnavailable, "The pass is being changed by many at once. Try again.")
                .retryAfter(seconds: 1)
        case .ofBundle(let index, let count, let error):
            self = Problem(issuing: error).ofBundle(index, count: count)
        }
    }

    /// The same problem of one pass of a link to several: its words begin with the pass, its pointers with its place.
    private func ofBundle(_ index: Int, count: Int) -> Problem {
        var problem = self
        let place = JSONPointer.root.appending("passes").appending(index)
        let words = "Pass \(index + 1) of \(count): \(detail ?? title)"
        problem.detail = words
        problem.errors =
            errors?.map { ProblemError(pointer: place.description + $0.pointer, detail: $0.detail) }
            ?? [ProblemError(pointer: place.description, detail: detail ?? title)]
        return problem
    }

    /// Says why an administrator's request is refused.
    init(administration error: AdministrationError) {
        switch error {
        case .faulty(let faults):
            self.init(
                .unprocessableContent, "The request has \(faults.count) \(faults.count == 1 ? "fault" : "faults").",
                errors: faults.map(ProblemError.init(fault:)))
        case .conflict(let detail): self.init(.conflict, detail)
        case .unknown(let thing): self.init(.notFound, "There is no such \(thing).")
        case .tooLarge(let detail): self.init(.contentTooLarge, detail)
        }
    }

    /// A single fault of a body.
    static func fault(_ detail: String, at pointer: JSONPointer) -> Problem {
        Problem(.unprocessableContent, detail, errors: [ProblemError(pointer: pointer.description, detail: detail)])
    }
}

extension ProblemError {
    /// A fault with its reason and remedy.
    init(fault: PassFault) {
        self.init(pointer: fault.pointer.description, detail: fault.detail)
    }
}
