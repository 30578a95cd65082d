import Contracts
import HTTPTypes

extension IssuableCampaign {
    /// Whether the package of a pass asks its owner to fill in the form.
    ///
    /// Phones know it for NFC passes only; a void pass has nothing to enrol for.
    func asksOwner(of pass: Pass, showing content: PassContent) -> Bool {
        self.content.personalization != nil && content.pass["nfc"] != nil && pass.enrolment == nil && !pass.voided
    }

    /// The signature that a phone is answered with, the same whenever it asks again.
    func signature(of token: PersonalizationToken, at instant: Instant) throws(IssuingError) -> [UInt8] {
        let packages = try apple.get().packages
        do throws(PackageFault) {
            return try packages.signature(of: token, at: instant.wholeSeconds)
        } catch {
            throw .package(error)
        }
    }
}
