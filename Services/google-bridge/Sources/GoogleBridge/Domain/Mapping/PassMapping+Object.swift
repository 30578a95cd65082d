import GoogleWalletSchema
import JSON

extension PassMapping {
    /// The object, before patches and without its ids.
    func objectDraft() -> ResourceDraft {
        var draft = ResourceDraft()
        draft.set(.string(state), at: "state")
        particulars.writeObject(&draft)
        writeColour(&draft, .object)
        writeImages(&draft, .object)
        writeBarcode(&draft)
        writeValidity(&draft)
        writeModules(&draft)
        writeLinks(&draft)
        writeLocations(&draft, .object)
        writeAppLink(&draft, .object)
        writeSmartTap(&draft)
        if let group = content.top("groupingIdentifier"), let id = group.value.stringValue, !id.isEmpty {
            draft.set(.string(id), at: "groupingInfo", "groupingId", from: group.source)
        }
        return draft
    }

    /// Google shows a pass that is not active among the expired ones.
    private var state: String {
        if content.isVoided || content.pass["voided"]?.boolValue == true { return "INACTIVE" }
        guard let now = context.now, let expiry = content.expiry?.instant, expiry <= now else { return "ACTIVE" }
        return "EXPIRED"
    }

    private func writeValidity(_ draft: inout ResourceDraft) {
        let end = content.pass["expirationDate"]?.stringValue
        if let end, !end.isEmpty {
            let source = PassContent.place("expirationDate")
            draft.set(.string(content.googleDate(end)), at: "validTimeInterval", "end", "date", from: source)
        }
        guard !particulars.showsRelevantDate, let start = content.relevantDates.first?.start else { return }
        // An interval that ends before it starts is refused; a relevant date after the expiry is a slip.
        if let first = start.date?.instant, let last = content.expiry?.instant, first >= last { return }
        draft.set(.string(start.text), at: "validTimeInterval", "start", "date", from: start.source)
    }

    /// What the readers of partners are sent, when the campaign says that it is a partner's.
    private func writeSmartTap(_ draft: inout ResourceDraft) {
        guard isSmartTapEnabled, let message = content.pass["nfc"]?["message"]?.stringValue, !message.isEmpty else {
            return
        }
        let source = PassContent.place("nfc").appending("message")
        draft.set(.string(message), at: "smartTapRedemptionValue", from: source)
    }

    /// Whether `google.class` makes the class one for Smart Tap.
    var isSmartTapEnabled: Bool {
        let patch = content.google?.classPatch
        return patch?["enableSmartTap"]?.boolValue == true && patch?["redemptionIssuers"]?.arrayValue?.isEmpty == false
    }
}
