import Contracts
import GoogleWalletSchema
import JSON

extension PassMapping {
    /// The class as Google is sent it, with what is wrong and what is left out.
    func mappedClass(variant: String?) -> GoogleMappedClass {
        let id = classID(variant: variant)
        var finished = FinishedResource(classDraft(), .class, self)
        finished.set("id", id.description)
        if kind == .eventTicket { finished.set("eventId", eventID(id, variant)) }
        finished.apply(content.google?.classPatch, as: .campaign)
        finished.apply(context.classOverride, as: .override)
        finished.keepResolvedPaths { finishedObject(id).members }
        let hasVariants = variant != nil || variantKey != nil
        return GoogleMappedClass(
            kind: kind, id: id, resource: finished.members, hasVariants: hasVariants,
            warnings: unique(notes + finished.notes), faults: contentFaults + finished.checked())
    }

    /// The object as Google is sent it, with what is wrong.
    func mappedObject(_ serialNumber: SerialNumber) -> GoogleMappedObject {
        let variant = variantKey
        let id = GoogleResourceID(issuerID: context.issuerID, serialNumber: serialNumber)
        let classID = classID(variant: variant)
        var finished = finishedObject(classID)
        finished.set("id", id.description)
        return GoogleMappedObject(
            kind: kind, id: id, classID: classID, variantKey: variant, resource: finished.members,
            warnings: unique(finished.notes), faults: contentFaults + finished.checked())
    }

    /// The object with the campaign's patch, without its own id.
    func finishedObject(_ classID: GoogleResourceID) -> FinishedResource {
        var finished = FinishedResource(objectDraft(), .object, self)
        finished.set("id", context.issuerID.rawValue + ".preview")
        finished.set("classId", classID.description)
        finished.apply(content.google?.objectPatch, as: .campaign)
        return finished
    }

    /// Tickets of one event are grouped by it; 64 characters at most.
    private func eventID(_ id: GoogleResourceID, _ variant: String?) -> String {
        id.suffix.utf8.count <= 64 ? id.suffix : String((variant ?? id.suffix).suffix(64))
    }

    private var contentFaults: [GoogleMappingFault] {
        guard content.style == nil else { return [] }
        return [
            GoogleMappingFault(
                JSONPointer(tokens: ["pass"]), "The content has no style, or several.",
                "Give it one of \(ContentStyle.allCases.map(\.rawValue).joined(separator: ", ")).")
        ]
    }

    private func unique(_ notes: [MappingNote]) -> [String] {
        var seen: Set<MappingNote> = []
        return notes.filter { seen.insert($0).inserted }.map(\.description)
    }
}
