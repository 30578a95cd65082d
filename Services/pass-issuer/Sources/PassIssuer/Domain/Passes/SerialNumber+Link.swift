import Contracts
import Cryptography

extension SerialNumber {
    /// The serial number of a campaign's pass: a function of campaign and pass key, so that one key never has two passes.
    ///
    /// 40 hexadecimal digits of SHA-256(campaign ‖ 0x00 ‖ pass key): nothing of the key can be read from it.
    init(campaign: CampaignID, passKey: PassKey) {
        let digest = SHA256.digest(Array(campaign.rawValue.utf8) + [0] + Array(passKey.rawValue.utf8))
        self.init(digest: digest.prefix(20))
    }
}
