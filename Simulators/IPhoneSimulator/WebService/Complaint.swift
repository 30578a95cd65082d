/// What displeases a phone in an answer that it could use, worded as iOS words it.
enum Complaint {
    case missingTag(count: Int)
    case sameTag(String, count: Int)
    case spuriousPush(tag: String?)
    case passUnchanged(serialNumber: String)
    case ignoredIfModifiedSince(String, serialNumber: String)
    case missingLastModified(serialNumber: String)
    case unregisteredSerialNumber(String)
    case notPersonalized(serialNumber: String)

    func report(for service: WebServiceIdentity) -> String {
        "Web service error for \(service.passTypeIdentifier) (\(service.url)): \(text(service))"
    }

    private func text(_ service: WebServiceIdentity) -> String {
        switch self {
        case .missingTag(let count):
            "Response to 'What changed?' request included \(count) serial numbers but omitted a lastUpdated tag."
        case .sameTag(let tag, let count):
            "Response to 'What changed?' request included \(count) serial numbers but the lastUpdated tag (\(tag)) "
                + "remained the same."
        case .spuriousPush(let tag):
            "Device received spurious push. Request for passesUpdatedSince '\(tag ?? "(null)")' returned no serial "
                + "numbers. (Device = \(service.deviceLibraryIdentifier))"
        case .passUnchanged(let serialNumber):
            "Server requested update to serial number '\(serialNumber)', but the pass was unchanged."
        case .ignoredIfModifiedSince(let date, let serialNumber):
            "Server ignored the 'if-modified-since' header (\(date)) and returned the full unchanged pass data for "
                + "serial number '\(serialNumber)'."
        case .missingLastModified(let serialNumber):
            "Server returned the pass data for serial number '\(serialNumber)' but did not provide a 'last-modified' "
                + "header."
        case .unregisteredSerialNumber(let serialNumber):
            "Update requested for unregistered serial number \(serialNumber)"
        case .notPersonalized(let serialNumber):
            "Personalization request was issued for serial number '\(serialNumber)', but the pass was unchanged."
        }
    }
}
