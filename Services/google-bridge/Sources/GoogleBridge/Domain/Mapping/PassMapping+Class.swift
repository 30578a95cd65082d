import Contracts
import GoogleWalletSchema
import JSON

extension PassMapping {
    /// The class, before patches and without its id.
    func classDraft() -> ResourceDraft {
        var draft = ResourceDraft()
        let type = GoogleSchema.type(kind, .class)
        if type.properties["reviewStatus"] != nil { draft.set("UNDER_REVIEW", at: "reviewStatus") }
        if type.properties["issuerName"] != nil { writeIssuer(&draft) }
        particulars.writeClass(&draft)
        writeColour(&draft, .class)
        writeImages(&draft, .class)
        writeImageModules(&draft)
        writeSharing(&draft)
        writeLocations(&draft, .class)
        writeAppLink(&draft, .class)
        writeSharedLinks(&draft)
        if let callbackURL = context.callbackURL {
            draft.set(.string(callbackURL), at: "callbackOptions", "url")
        }
        writeTemplate(&draft)
        return draft
    }

    private func writeIssuer(_ draft: inout ResourceDraft) {
        let issuer = content.issuer(canVary: kind.hasClassVariants)
        draft.setPair(issuer.text, at: "issuerName", from: issuer.source, in: content, always: true)
        if kind.hasClassVariants { draft.note(["issuerName"], from: PassContent.place("organizationName")) }
    }

    private func writeSharing(_ draft: inout ResourceDraft) {
        guard content.pass["sharingProhibited"]?.boolValue == true else { return }
        draft.set(
            "ONE_USER_ALL_DEVICES", at: "multipleDevicesAndHoldersAllowedStatus",
            from: PassContent.place("sharingProhibited"))
    }

    /// The picture among the details, and the one below the barcode.
    private func writeImageModules(_ draft: inout ResourceDraft) {
        var modules: [JSONValue] = []
        for (id, image) in [("thumbnail", images.thumbnail), ("footer", images.footer)] {
            guard let image else { continue }
            modules.append(["id": .string(id), "mainImage": self.image(image)])
        }
        guard !modules.isEmpty else { return }
        draft.set(.array(modules), at: "imageModulesData", from: JSONPointer(tokens: ["images"]))
    }

    private func writeTemplate(_ draft: inout ResourceDraft) {
        let rows = TemplateRows.rows(front)
        if !rows.isEmpty {
            draft.set(.array(rows), at: "classTemplateInfo", "cardTemplateOverride", "cardRowTemplateInfos")
        }
        if images.footer != nil {
            let path = GoogleFieldPath(.class, "imageModulesData", id: "footer")
            draft.set(
                ["fieldSelector": ["fields": [["fieldPath": .string(path.text)]]]],
                at: "classTemplateInfo", "cardBarcodeSectionDetails", "firstBottomDetail")
        }
    }
}
