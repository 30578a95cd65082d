import GoogleWalletSchema
import JSON

/// A gift card: a number, and money on it.
struct GiftCardMapping: KindMapping {
    static let kind = GoogleKind.giftCard

    private let content: PassContent
    private let cardNumber: Found?
    private let pin: Found?
    private let eventNumber: Found?
    private let balance: Found?
    private let updated: Found?
    let usedFields: Set<Int>
    let knownTags: Set<String>
    let notes: [MappingNote] = []

    init(_ content: PassContent) {
        self.content = content
        var filling = SlotFilling(content)
        cardNumber = filling.fill(Self.cardNumberSlot) ?? filling.fill(Slot(subjects: "number code voucher"))
        pin = filling.fill(Slot(subjects: "pin pincode securitycode cvc cvv"))
        eventNumber = filling.fill(Slot(subjects: "eventnumber"))
        balance = filling.fill(Self.balanceSlot) ?? filling.firstMoney()
        updated = filling.fill(
            Slot(
                subjects: "balanceupdated balanceupdatetime balancedate updated updatedat lastupdated lastupdate asof",
                as: .date))
        usedFields = filling.used
        knownTags = filling.tags
    }

    /// Whether a store card says that it is one: it has a card's number and an amount of money.
    static func isDeclared(by content: PassContent) -> Bool {
        var filling = SlotFilling(content)
        let patch = content.google?.objectPatch
        let hasNumber = patch?["cardNumber"]?.stringValue != nil || filling.fill(cardNumberSlot) != nil
        let hasBalance = patch?["balance"]?.objectValue != nil || filling.fill(balanceSlot) != nil
        return hasNumber && hasBalance
    }

    var front: [FrontItem] {
        var items: [FrontItem] = []
        if balance != nil { items.append(FrontItem(GoogleFieldPath(.object, "balance"))) }
        if cardNumber != nil { items.append(FrontItem(GoogleFieldPath(.object, "cardNumber"))) }
        if pin != nil { items.append(FrontItem(GoogleFieldPath(.object, "pin"))) }
        if eventNumber != nil { items.append(FrontItem(GoogleFieldPath(.object, "eventNumber"))) }
        return items
    }

    var showsLogoText: Bool { true }

    func writeClass(_ draft: inout ResourceDraft) {
        let merchant = content.shareable("logoText", canVary: false) ?? content.issuer(canVary: false)
        draft.setPair(merchant.text, at: "merchantName", from: merchant.source, in: content, always: true)
        // Without it Google shows no barcode.
        if !content.barcodes.isEmpty { draft.set(true, at: "allowBarcodeRedemption") }
        let labels = [(cardNumber, "cardNumberLabel"), (pin, "pinLabel"), (eventNumber, "eventNumberLabel")]
        for (found, key) in labels {
            guard let label = content.ownLabel(of: found) else { continue }
            draft.setPair(label.text, at: key, from: label.source, in: content)
        }
    }

    func writeObject(_ draft: inout ResourceDraft) {
        draft.setText(cardNumber, at: "cardNumber", in: content)
        draft.setText(pin, at: "pin", in: content)
        draft.setText(eventNumber, at: "eventNumber", in: content)
        draft.setMoney(balance, at: "balance", in: content)
        guard let updated, let date = content.date(updated) else { return }
        draft.set(.string(date.text), at: "balanceUpdateTime", "date", from: date.source)
    }

    private static let cardNumberSlot = Slot(
        subjects: "cardnumber giftcardnumber cardno cardid giftcard giftcardid vouchernumber")
    private static let balanceSlot = Slot(
        "balance", subjects: "balance amount remaining remainingbalance value credit giftcardbalance", as: .money)
}
