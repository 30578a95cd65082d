import GoogleWalletSchema
import JSON

/// A loyalty card: account and points are each pass's own, the programme is shared.
struct LoyaltyMapping: KindMapping {
    static let kind = GoogleKind.loyalty

    private let content: PassContent
    private let programName: Found?
    private let accountName: Found?
    private let accountID: Found?
    private let points: Found?
    private let secondaryPoints: Found?
    private let tier: Found?
    let usedFields: Set<Int>
    let knownTags: Set<String>
    let notes: [MappingNote]

    init(_ content: PassContent) {
        self.content = content
        var filling = SlotFilling(content)
        let isShared = { (found: Found) in !content.tokens.vary(at: found.source) && !content.text(found).value.isEmpty
        }
        programName = filling.fill(Slot("membershipProgramName", subjects: "program programname"), if: isShared)
        accountName = filling.fill(Self.accountNameSlot)
        accountID = filling.fill(Self.accountIDSlot)
        tier = filling.fill(Self.tierSlot, if: isShared)
        points =
            filling.fill(Self.pointsSlot)
            ?? filling.fill(Slot(at: .firstPrimary)) { found in
                content.field(of: found)?.isDate == false
            }
        secondaryPoints = points.flatMap { _ in filling.fill(Slot(subjects: Self.pointsSubjects, as: .amount)) }
        usedFields = filling.used
        knownTags = filling.tags
        notes = Self.notes(content, hasTier: tier != nil)
    }

    var front: [FrontItem] {
        var items: [FrontItem] = []
        if points != nil { items.append(FrontItem(GoogleFieldPath(.object, "loyaltyPoints", "balance"))) }
        if secondaryPoints != nil {
            items.append(FrontItem(GoogleFieldPath(.object, "secondaryLoyaltyPoints", "balance")))
        }
        if tier != nil { items.append(FrontItem(GoogleFieldPath(.class, "rewardsTier"))) }
        if accountName != nil { items.append(FrontItem(GoogleFieldPath(.object, "accountName"))) }
        if accountID != nil { items.append(FrontItem(GoogleFieldPath(.object, "accountId"))) }
        return items
    }

    var showsLogoText: Bool { programName == nil }
    var sharedFields: Set<Int> { Set(programName, tier) }
    var announcedFields: Set<Int> { Set(points, secondaryPoints, tier) }

    func writeClass(_ draft: inout ResourceDraft) {
        if let programName, let text = content.shareable(programName, canVary: false) {
            draft.setPair(text, at: "programName", from: programName.source, in: content, always: true)
        } else {
            let name = content.shareable("logoText", canVary: false) ?? content.title(canVary: false)
            draft.setPair(name.text, at: "programName", from: name.source, in: content, always: true)
        }
        setLabel(accountName, at: "accountNameLabel", &draft)
        setLabel(accountID, at: "accountIdLabel", &draft)
        guard let tier, let text = content.shareable(tier, canVary: false) else { return }
        draft.setPair(text, at: "rewardsTier", from: tier.source, in: content)
        setLabel(tier, at: "rewardsTierLabel", &draft)
    }

    func writeObject(_ draft: inout ResourceDraft) {
        draft.setText(accountName, at: "accountName", in: content)
        draft.setText(accountID, at: "accountId", in: content)
        write(points, at: "loyaltyPoints", &draft)
        write(secondaryPoints, at: "secondaryLoyaltyPoints", &draft)
    }

    private func setLabel(_ found: Found?, at key: String, _ draft: inout ResourceDraft) {
        guard let label = content.ownLabel(of: found) else { return }
        draft.setPair(label.text, at: key, from: label.source, in: content)
    }

    private func write(_ found: Found?, at key: String, _ draft: inout ResourceDraft) {
        guard let found else { return }
        if let field = content.field(of: found), let label = content.label(of: field) {
            draft.setPair(label, at: key, "label", from: field.labelPointer, in: content)
        }
        if content.amount(found).currencyCode != nil {
            draft.setMoney(found, at: key, "balance", "money", in: content)
        } else {
            let value = found.value["amount"] ?? found.value
            let text = found.value["amount"].map(PassContent.plain) ?? content.plainText(found)
            let (form, balance) = Self.balance(value, text: text)
            draft.set(balance, at: key, "balance", form, from: found.source)
        }
    }

    /// A balance in the narrowest form that holds it exactly.
    private static func balance(_ value: JSONValue, text: String) -> (form: String, value: JSONValue) {
        guard let number = value.numberValue else { return ("string", .string(text.isEmpty ? "–" : text)) }
        if let whole = number.int, let small = Int32(exactly: whole) { return ("int", .number(JSONNumber(small))) }
        // Beyond 15 digits a double is another number.
        let digits = number.text.utf8.count { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        return digits <= 15 ? ("double", value) : ("string", .string(text))
    }

    private static func notes(_ content: PassContent, hasTier: Bool) -> [MappingNote] {
        guard !hasTier, let field = content.fields.first(where: { tierSlot.subjects.contains($0.subject) }) else {
            return []
        }
        return [
            MappingNote(
                field.valuePointer,
                "Google has one tier for all passes of a class, and this text differs between them; it stands as text.")
        ]
    }

    private static let pointsSubjects =
        "points balance pointsbalance balancepoints pointbalance loyaltypoints rewardpoints rewardspoints bonuspoints"
        + " score stamps stars miles credits visits secondarypoints"
    private static let pointsSlot = Slot("balance", subjects: pointsSubjects, as: .amount)
    private static let accountNameSlot = Slot(
        subjects: "name member membername customer customername accountname holder cardholder fullname owner")
    private static let accountIDSlot = Slot(
        "membershipProgramNumber",
        subjects: "memberid membernumber memberno accountid accountnumber customerid customernumber cardnumber cardid"
            + " membershipnumber membershipid loyaltyid number")
    private static let tierSlot = Slot(
        "membershipProgramStatus", subjects: "tier rewardstier level status memberlevel membershiplevel")
}
