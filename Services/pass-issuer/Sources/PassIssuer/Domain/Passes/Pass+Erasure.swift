import Contracts
import HTTPTypes
import JSON

extension Pass {
    /// This pass, void and without anything of its person; what is left says nothing without a key.
    func erased(at instant: Instant) -> Pass {
        var pass = self
        pass.passKey = PassKey(rawValue: serialNumber.rawValue) ?? passKey
        pass.contact = JSONObject()
        pass.voucher = JSONObject()
        pass.voided = true
        pass.enrolment = nil
        pass.erasedAt = instant
        // From here on newer links alone bring anything.
        pass.dataAt = instant
        return pass
    }

    /// Makes an erased pass one of its person again, who came back with a link that was made since.
    mutating func revive(by link: LinkClaims) {
        passKey = link.passKey
        erasedAt = nil
        voided = false
    }

    /// Refuses what would touch an erased pass.
    func requirePerson() throws(IssuingError) {
        if erasedAt != nil { throw .erasedPass }
    }

    /// Refuses a link that was made before this pass was erased.
    func requireOpening(by link: LinkClaims) throws(IssuingError) {
        if let erasedAt, link.issuedAt <= erasedAt { throw .erasedContact }
    }
}
