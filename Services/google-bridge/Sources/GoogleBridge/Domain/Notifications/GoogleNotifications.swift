import Contracts
import GoogleWalletSchema
import JSON

/// Which changes are told, and how: a field with a `changeMessage` that holds `%@` asks for it.
///
/// Google tells changes of some of its own fields by itself, when the request says so. For all others there are
/// messages. Three notices for each pass and day are all that Google allows; the caller counts them.
package enum GoogleNotifications {
    /// What to tell of a pass's change.
    package static func choose(
        from old: GoogleObjectRequest, to new: GoogleObjectRequest, in context: GoogleMappingContext
    ) -> GoogleNotification {
        let tokens = context.tokens
        let contents = [old, new].map {
            PassContent(
                $0, campaignName: context.campaignName, tokens: tokens, defaultLanguage: context.defaultLanguage)
        }
        let mapping = PassMapping(contents[1], context, kind: context.kind ?? new.google?.kind)
        // What passes share and what is the same for all of them is told by the class.
        return notification(from: contents[0], to: mapping, version: new.version) { index in
            let field = mapping.content.fields[index]
            return !mapping.particulars.sharedFields.contains(index) || tokens.vary(at: field.shownPointer)
        }
    }

    /// What to tell all holders of a campaign's passes of a change of the class.
    package static func choose(
        from old: GoogleClassRequest, to new: GoogleClassRequest, in context: GoogleMappingContext
    ) -> GoogleNotification {
        let contents = [old, new].map { PassContent($0, defaultLanguage: context.defaultLanguage) }
        let mapping = PassMapping(contents[1], context, kind: new.google?.kind)
        return notification(from: contents[0], to: mapping, version: new.version) { index in
            let field = mapping.content.fields[index]
            return mapping.particulars.sharedFields.contains(index)
                && !mapping.content.tokens.vary(at: field.shownPointer)
        }
    }

    private static func notification(
        from old: PassContent, to mapping: PassMapping, version: Int, where isOurs: (Int) -> Bool
    ) -> GoogleNotification {
        var result = GoogleNotification()
        let content = mapping.content
        for (index, field) in content.fields.enumerated() where isOurs(index) {
            guard let wording = field.changeMessage, wording.contains("%@"),
                let before = old.fields.first(where: { $0.key == field.key }),
                old.text(of: before) != content.text(of: field)
            else { continue }
            if mapping.announces(index) {
                result.notifiesOnUpdate = true
            } else {
                result.messages.append(message(field, wording, content, version))
            }
        }
        return result
    }

    private static func message(
        _ field: ContentField, _ wording: String, _ content: PassContent, _ version: Int
    ) -> GoogleMessage {
        let text = content.text(of: field)
        let wordings = content.languages.localized(wording)
        let tags = Set(wordings.translations.map(\.language) + text.translations.map(\.language)).sorted()
        let body = LocalizedText(
            value: wordings.value.replacing("%@", with: text.value),
            translations: tags.map { tag in
                let wording = wordings.translations.first { $0.language == tag }?.value ?? wordings.value
                let value = text.translations.first { $0.language == tag }?.value ?? text.value
                return LocalizedText.Translation(language: tag, value: wording.replacing("%@", with: value))
            })
        return GoogleMessage(
            id: "\(field.moduleID)-\(version)",
            header: content.label(of: field) ?? content.issuer(canVary: true).text, body: body,
            defaultLanguage: content.languages.defaultTag)
    }
}

extension PassMapping {
    /// Whether Google tells a field's change by itself. A pass whose event is another one moves to another class, which is
    /// no change of a field.
    fileprivate func announces(_ index: Int) -> Bool {
        guard particulars.announcedFields.contains(index) else { return false }
        return !particulars.sharedFields.contains(index) || !content.tokens.vary(at: content.fields[index].shownPointer)
    }
}
