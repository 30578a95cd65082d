import Contracts
import JSON

extension GoogleMapping {
    /// As much of a pass's content as its class is made of: what differs between passes and the class does not show is
    /// left out. The content as it is when the class would become another one.
    package static func classContent(
        of request: GoogleObjectRequest, in context: GoogleMappingContext
    ) -> GoogleObjectRequest {
        let sources = PassMapping.sources(of: request, in: context)
        var reduced = request
        for place in context.tokens.places(outside: sources) {
            let rest = Array(place.tokens.dropFirst())
            switch place.tokens.first {
            case "pass":
                reduced.pass = JSONValue.object(reduced.pass).blanked(at: rest[...]).objectValue ?? reduced.pass
            case "localizations" where rest.count == 2:
                reduced.localizations[rest[0]]?[rest[1]] = "-"
            default: break
            }
        }
        reduced.google?.objectPatch = nil
        let before = classResource(of: request, in: context)
        let after = classResource(of: reduced, in: context)
        return before.id == after.id && before.resource == after.resource ? reduced : request
    }
}

extension JSONValue {
    /// This value with a dash in one place.
    fileprivate func blanked(at path: ArraySlice<String>) -> JSONValue {
        guard let step = path.first else { return "-" }
        switch self {
        case .object(var object):
            guard let value = object[step] else { return self }
            object[step] = value.blanked(at: path.dropFirst())
            return .object(object)
        case .array(var elements):
            guard let index = Int(step), elements.indices.contains(index) else { return self }
            elements[index] = elements[index].blanked(at: path.dropFirst())
            return .array(elements)
        case .null, .bool, .number, .string: return self
        }
    }
}
