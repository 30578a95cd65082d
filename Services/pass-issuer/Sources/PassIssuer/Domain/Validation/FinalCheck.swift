import JSON

/// The check of content with its real values, after its template has been checked.
///
/// A template that is right can be made wrong only where its tokens stand, so only these parts are looked at; a token
/// whose value other parts depend on (a field's key, a whole array) makes it look at everything.
struct FinalCheck: Sendable {
    /// A part whose faults depend on nothing outside of it.
    enum Part: Hashable, Sendable {
        case key(String)
        case field(PassStyle, FieldGroup, Int)
        case barcode(Int)
    }

    /// The parts that hold tokens; nil when everything has to be looked at.
    var parts: [Part]? { places?.map(\.part) }
    private let places: [Place]?
    private let validator: PassValidator
    /// Where the template itself has errors that were accepted.
    private let accepted: Set<JSONPointer>

    private struct Place: Sendable {
        let part: Part
        /// What its tokens bring most of the time.
        let plain: Plain?
    }

    /// Finds where a template, already found right but for what was accepted, holds tokens.
    init(of template: JSONValue, _ validator: PassValidator, accepting accepted: Set<JSONPointer> = []) {
        self.validator = validator
        self.accepted = accepted
        var parts: [Part] = []
        var tokens: [Part: [String]] = [:]
        var dependsOnOne = false
        Self.visitTokens(of: template, []) { path in
            guard let part = Self.part(at: path) else {
                dependsOnOne = true
                return
            }
            if tokens[part] == nil { parts.append(part) }
            tokens[part, default: []].append(Self.key(of: part, at: path))
        }
        places =
            dependsOnOne
            ? nil
            : parts.map { Place(part: $0, plain: Plain($0, of: template, tokens: tokens[$0] ?? [])) }
    }

    /// The errors of content with its real values.
    func errors(in pass: JSONValue) -> [PassFault] {
        guard let places else { return allErrors(inWhole: pass) }
        var inspection = Inspection(of: .rendered, at: PassValidator.pointer)
        for place in places where place.plain?.holds(for: place.part, of: pass) != true {
            Self.check(place.part, of: pass, &inspection)
        }
        return refused(among: inspection.faults)
    }

    /// The errors of content of which parts may be left out.
    func allErrors(inWhole pass: JSONValue) -> [PassFault] {
        refused(among: validator.faults(inRendered: pass))
    }

    private func refused(among faults: [PassFault]) -> [PassFault] {
        if faults.isEmpty { return [] }
        let errors = faults.errors
        return accepted.isEmpty ? errors : errors.filter { !accepted.contains($0.pointer) }
    }

    private static func check(_ part: Part, of pass: JSONValue, _ inspection: inout Inspection) {
        switch part {
        case .key(let key):
            guard let value = pass[key], let shape = PassKeys.table.keys[key]?.shape else { return }
            inspection.at(key) { $0.check(value, shape) }
        case .field(let style, let group, let index):
            guard case .object(let field) = pass[style.rawValue]?[group.rawValue]?[index] else { return }
            inspection.at(style.rawValue) { inspection in
                inspection.at(group.rawValue) { inspection in
                    inspection.at(index) { inspection in
                        inspection.check(field, FieldKeys.table)
                        FieldRules.check(field, group, style, &inspection)
                    }
                }
            }
        case .barcode(let index):
            guard let barcode = pass["barcodes"]?[index] else { return }
            inspection.at("barcodes") { inspection in
                inspection.at(index) { inspection in
                    inspection.check(barcode, .dictionary(BarcodeKeys.table))
                    BarcodeRules.checkBarcode(barcode, &inspection)
                }
            }
        }
    }

    /// The part that a token's place belongs to; nil when others depend on it.
    private static func part(at path: [String]) -> Part? {
        switch path.count {
        case 1:
            switch PassKeys.table.keys[path[0]]?.shape {
            case .text, .boolean, .number: return .key(path[0])
            default: return nil
            }
        case 3 where path[0] == "barcodes" && ["message", "messageEncoding", "altText"].contains(path[2]):
            return Int(path[1]).map(Part.barcode)
        case 4... where path[3] != "key" && path[3] != "row":
            guard let style = PassStyle(rawValue: path[0]), let group = FieldGroup(rawValue: path[1]),
                let index = Int(path[2])
            else { return nil }
            return .field(style, group, index)
        default: return nil
        }
    }

    /// The key of the part's object below which a token stands; none is known of what lies deeper than its value.
    private static func key(of part: Part, at path: [String]) -> String {
        switch part {
        case .key: path[0]
        case .barcode: path[2]
        case .field: path[3...].joined(separator: "/")
        }
    }

    private static func visitTokens(of value: JSONValue, _ path: [String], _ body: ([String]) -> Void) {
        switch value {
        case .string(let text):
            // A malformed token never comes here: compiling the template refuses it.
            if (try? TemplateText(parsing: text))?.literal == nil { body(path) }
        case .array(let elements):
            for (index, element) in elements.enumerated() { visitTokens(of: element, path + [String(index)], body) }
        case .object(let object):
            for (key, value) in object { visitTokens(of: value, path + [key], body) }
        case .null, .bool, .number: return
        }
    }
}
