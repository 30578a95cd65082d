import JSON

extension FinalCheck {
    /// What tokens bring most of the time, told without a closer look: values of a part that can't make it wrong.
    struct Plain: Sendable {
        /// A value of which no fault comes.
        private enum Expectation: Sendable {
            case text
            case textOrNumber
            case number
            /// Text that a barcode of any character set has room for.
            case asciiText(bytes: ClosedRange<Int>)
        }

        private let expectations: [(key: String, value: Expectation)]

        /// Finds what a part's tokens may bring; nil when each of its values needs a closer look.
        /// - Parameter tokens: the keys of the part whose values hold tokens.
        init?(_ part: Part, of template: JSONValue, tokens: [String]) {
            guard let object = part.object(in: template) else { return nil }
            var expectations: [(key: String, value: Expectation)] = []
            for key in tokens {
                guard let expectation = Self.expectation(of: key, part, object) else { return nil }
                expectations.append((key, expectation))
            }
            self.expectations = expectations
        }

        /// Whether the part has values of which no fault comes; when not, it may be right all the same.
        func holds(for part: Part, of pass: JSONValue) -> Bool {
            guard let object = part.object(in: pass) else { return false }
            return expectations.allSatisfy { Self.meets(object[$0.key], $0.value) }
        }

        private static func meets(_ value: JSONValue?, _ expectation: Expectation) -> Bool {
            switch (expectation, value) {
            case (.text, .string), (.textOrNumber, .string), (.textOrNumber, .number), (.number, .number): true
            case (.asciiText(let bytes), .string(let text)):
                bytes.contains(text.utf8.count) && text.utf8.allSatisfy { $0 < 0x80 } && TextRule.notEmpty.accepts(text)
            default: false
            }
        }

        private static func expectation(of key: String, _ part: Part, _ object: JSONObject) -> Expectation? {
            switch part {
            case .key:
                if case .text(.any) = PassKeys.table.keys[key]?.shape { .text } else { nil }
            case .field:
                switch key {
                case "label": .text
                case "value": expectation(ofValueOf: object)
                default: nil
                }
            case .barcode:
                switch key {
                case "altText": .text
                case "message":
                    object["format"]?.stringValue.flatMap(BarcodeFormat.init).map { .asciiText(bytes: 1...$0.capacity) }
                default: nil
                }
            }
        }

        private static func expectation(ofValueOf field: JSONObject) -> Expectation? {
            if field["dateStyle"] != nil || field["timeStyle"] != nil { return nil }
            return field["numberStyle"] != nil || field["currencyCode"] != nil ? .number : .textOrNumber
        }
    }
}

extension FinalCheck.Part {
    /// The object whose keys belong to the part.
    fileprivate func object(in pass: JSONValue) -> JSONObject? {
        let value: JSONValue? =
            switch self {
            case .key: pass
            case .field(let style, let group, let index): pass[style.rawValue]?[group.rawValue]?[index]
            case .barcode(let index): pass["barcodes"]?[index]
            }
        return value?.objectValue
    }
}
