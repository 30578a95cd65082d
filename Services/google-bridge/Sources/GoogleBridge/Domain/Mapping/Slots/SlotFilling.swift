/// Gives each slot its value, and no field to two of them.
///
/// What is chosen depends on keys, styles and tags alone, never on values that differ between passes: class and object
/// are made at different times and must agree.
struct SlotFilling: Sendable {
    private let content: PassContent
    /// The fields that Google's own fields show, as indices of the content's fields.
    private(set) var used: Set<Int> = []
    /// The semantic tags that were asked for.
    private(set) var tags: Set<String> = []

    init(_ content: PassContent) {
        self.content = content
    }

    /// The best value for a slot that is usable.
    mutating func fill(_ slot: Slot, if isUsable: (Found) -> Bool = { _ in true }) -> Found? {
        tags.formUnion(slot.semantics)
        guard let found = semantic(slot, isUsable) ?? field(slot, isUsable) ?? positioned(slot, isUsable) else {
            return nil
        }
        if let field = found.field { used.insert(field) }
        return found
    }

    /// Takes a field whose tag is used.
    mutating func use(_ field: Int?) {
        if let field { used.insert(field) }
    }

    /// The first field on the front that shows an amount of a currency.
    mutating func firstMoney() -> Found? {
        let index = content.fields.indices.first { index in
            !used.contains(index) && content.fields[index].group.isOnFront && content.fields[index].currencyCode != nil
        }
        guard let index else { return nil }
        used.insert(index)
        return content.value(ofField: index)
    }

    /// A field that shows what a semantic tag says is shown by the tag's field at Google.
    private func semantic(_ slot: Slot, _ isUsable: (Found) -> Bool) -> Found? {
        for key in slot.semantics {
            guard let found = content.semantic(key), isUsable(found) else { continue }
            let field = found.field ?? index(ofFieldFor: slot)
            return Found(value: found.value, source: found.source, field: field, isFieldValue: false)
        }
        return nil
    }

    private func field(_ slot: Slot, _ isUsable: (Found) -> Bool) -> Found? {
        guard let index = index(ofFieldFor: slot) else { return nil }
        let found = content.value(ofField: index)
        return isUsable(found) ? found : nil
    }

    private func positioned(_ slot: Slot, _ isUsable: (Found) -> Bool) -> Found? {
        guard let position = slot.position else { return nil }
        let group = content.fields.indices.filter { content.fields[$0].group == position.group }
        guard position.index < group.count, !used.contains(group[position.index]) else { return nil }
        let found = content.value(ofField: group[position.index])
        return isUsable(found) ? found : nil
    }

    private func index(ofFieldFor slot: Slot) -> Int? {
        content.fields.indices.first { index in
            !used.contains(index) && slot.subjects.contains(content.fields[index].subject)
                && slot.suits(content.fields[index])
        }
    }
}
