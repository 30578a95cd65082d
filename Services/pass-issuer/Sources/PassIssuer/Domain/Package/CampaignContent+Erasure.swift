import Contracts
import JSON

extension CampaignContent {
    /// How often a part that phones would refuse is left out before the rest is shown as it is.
    private static let maximumOmissions = 100

    /// What an erased pass shows: the campaign's own texts, and nothing of a person.
    ///
    /// Where a value is missed that something depends on (a date, the message of a barcode) the part is left out.
    func erasedContent() throws(TemplateFaults) -> PassContent {
        let (nobody, rule) = (TokenValues(contact: [:], voucher: [:]), tokens.forErasedPasses)
        var rendered = try pass.render(nobody, rule)
        for _ in 0..<Self.maximumOmissions {
            guard let fault = finalCheck.allErrors(inWhole: rendered).first else { break }
            rendered = rendered.without(Array(fault.pointer.tokens.dropFirst()))
        }
        var localizations: [(language: String, translations: JSONObject)] = []
        for (language, template) in ownLocalizations {
            guard case .object(let translations) = try template.render(nobody, rule) else { continue }
            localizations.append((language, translations))
        }
        return PassContent(
            pass: rendered.objectValue ?? JSONObject(), localizations: localizations, isVerbatim: isVerbatim)
    }
}

extension JSONValue {
    /// This value without the part that a path leads into: the innermost element of a list, or else the whole member.
    fileprivate func without(_ path: [String]) -> JSONValue {
        guard !path.isEmpty else { return self }
        let lastIndex = path.indices.last { index in
            guard Int(path[index]) != nil, case .array = value(at: JSONPointer(tokens: Array(path[..<index]))) else {
                return false
            }
            return true
        }
        return removing(path[...(lastIndex ?? 0)])
    }

    private func removing(_ path: ArraySlice<String>) -> JSONValue {
        guard let step = path.first else { return self }
        switch self {
        case .object(var object):
            object[step] = path.count == 1 ? nil : object[step]?.removing(path.dropFirst())
            return .object(object)
        case .array(var elements):
            guard let index = Int(step), elements.indices.contains(index) else { return self }
            if path.count == 1 {
                elements.remove(at: index)
            } else {
                elements[index] = elements[index].removing(path.dropFirst())
            }
            return .array(elements)
        case .null, .bool, .number, .string: return self
        }
    }
}
