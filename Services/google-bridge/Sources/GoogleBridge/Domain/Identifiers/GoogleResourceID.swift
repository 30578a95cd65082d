import Contracts

/// The id of a class or an object at Google, `issuerId.suffix`; there is no value with a bad one.
package struct GoogleResourceID: Hashable, Sendable {
    /// Whose it is.
    package let issuerID: GoogleIssuerID
    /// The part that we choose: letters, digits, `.`, `_` and `-`.
    package let suffix: String

    /// Reads an id, split at its first dot; nil when it breaks the rule.
    package init?(_ text: String) {
        guard let dot = text.firstIndex(of: "."), let issuerID = GoogleIssuerID(rawValue: String(text[..<dot])) else {
            return nil
        }
        let suffix = text[text.index(after: dot)...]
        guard !suffix.isEmpty, suffix.utf8.allSatisfy(Self.isSafe) else { return nil }
        self.issuerID = issuerID
        self.suffix = String(suffix)
    }

    /// The id of a campaign's class. A generation after the first has a suffix of its own, because an id is burnt once
    /// it was used for another kind; so has each variant of the class.
    package init(issuerID: GoogleIssuerID, campaign: CampaignID, generation: Int = 1, variant: String? = nil) {
        self.issuerID = issuerID
        // A campaign's id has no dot, so what follows one is never part of it.
        var suffix = EscapedText.escaped(campaign.rawValue, also: ".")
        if generation > 1 { suffix += ".v\(generation)" }
        if let variant { suffix += "." + EscapedText.escaped(variant) }
        self.suffix = suffix
    }

    /// The id of a pass's object.
    package init(issuerID: GoogleIssuerID, serialNumber: SerialNumber) {
        self.issuerID = issuerID
        suffix = EscapedText.escaped(serialNumber.rawValue, also: ".")
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        }
    }
}

extension GoogleResourceID: CustomStringConvertible {
    /// The id as Google has it.
    package var description: String { issuerID.rawValue + "." + suffix }
}
