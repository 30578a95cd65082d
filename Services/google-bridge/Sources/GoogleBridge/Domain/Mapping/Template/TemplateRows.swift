import JSON

/// The rows on a pass's front: three of three items at most (`cardRowTemplateInfos`).
enum TemplateRows {
    /// How many items there is room for.
    static let capacity = 9

    /// Items in as few rows as hold them, the longer rows first.
    static func rows(_ items: [FrontItem]) -> [JSONValue] {
        let shown = items.prefix(capacity)
        let count = (shown.count + 2) / 3
        var rows: [JSONValue] = []
        var rest = shown[...]
        while !rest.isEmpty {
            let size = (rest.count + count - rows.count - 1) / (count - rows.count)
            rows.append(row(Array(rest.prefix(size))))
            rest = rest.dropFirst(size)
        }
        return rows
    }

    private static func row(_ items: [FrontItem]) -> JSONValue {
        switch items.count {
        case 1: ["oneItem": ["item": items[0].json]]
        case 2: ["twoItems": ["startItem": items[0].json, "endItem": items[1].json]]
        default:
            ["threeItems": ["startItem": items[0].json, "middleItem": items[1].json, "endItem": items[2].json]]
        }
    }
}
