import Contracts
import Cryptography
import HTTPTypes
import JSON

extension Pass {
    /// This pass with what its owner entered.
    /// - Parameters:
    ///   - fields: what the form asks for; nothing else is taken.
    ///   - isAsking: whether the package asks its owner to fill in the form.
    func personalized(
        by request: PersonalizationRequest, fields: [PersonalizationField], isAsking: Bool, at now: Instant
    ) throws(IssuingError) -> PersonalizationOutcome {
        let tokenHash = SHA256.digest(Array(request.personalizationToken.rawValue.utf8))
        if let enrolment {
            guard enrolment.tokenHash == tokenHash else { throw .alreadyPersonalized }
            return .repeated(enrolment)
        }
        guard isAsking, platforms.contains(.apple) else { throw .notPersonalizable }
        let keys = PersonalizationKey.allCases.filter { key in fields.contains { $0.keys.contains(key) } }
        let entered = request.requiredPersonalizationInfo.value.values.filter { keys.contains($0.key) }
        guard !entered.isEmpty else { throw .nothingEntered }
        var pass = self
        for (key, text) in entered { pass.contact[key.rawValue] = .string(text) }
        // The instant of its data stays: a link that was made before, and brings other data, may still be opened.
        pass.enrolment = Enrolment(at: now, tokenHash: tokenHash, keys: keys.filter { entered[$0] != nil })
        return .personalized(pass)
    }

    /// The contact that a newer link brings: what the owner entered stays as it is now, unless the link names it and was
    /// made after it was entered.
    func contact(broughtBy link: LinkClaims) -> JSONObject {
        guard let enrolment else { return link.contact }
        var brought = link.contact
        for key in enrolment.keys.map(\.rawValue) where brought[key] == nil || link.issuedAt <= enrolment.at {
            brought[key] = contact[key]
        }
        return brought
    }
}
