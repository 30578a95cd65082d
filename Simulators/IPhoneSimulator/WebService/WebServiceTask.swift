import HTTPTypes

/// A call to a web service, worded in reports as iOS words it.
enum WebServiceTask {
    case register(serialNumber: String)
    case unregister(serialNumber: String)
    case whatChanged
    case getPass(serialNumber: String, ifModifiedSince: String?)
    case personalize(serialNumber: String)

    var method: HTTPMethod {
        switch self {
        case .register, .personalize: .post
        case .unregister: .delete
        case .whatChanged, .getPass: .get
        }
    }

    /// The path below the web service's URL.
    func path(for service: WebServiceIdentity) -> String {
        let type = PercentEncoding.encodeSegment(service.passTypeIdentifier)
        let device = PercentEncoding.encodeSegment(service.deviceLibraryIdentifier)
        switch self {
        case .register(let serialNumber), .unregister(let serialNumber):
            return "/v1/devices/\(device)/registrations/\(type)/\(PercentEncoding.encodeSegment(serialNumber))"
        case .whatChanged:
            let query = service.tag.map { "?" + QueryItems([("passesUpdatedSince", $0)]).encoded } ?? ""
            return "/v1/devices/\(device)/registrations/\(type)\(query)"
        case .getPass(let serialNumber, _):
            return "/v1/passes/\(type)/\(PercentEncoding.encodeSegment(serialNumber))"
        case .personalize(let serialNumber):
            return "/v1/passes/\(type)/\(PercentEncoding.encodeSegment(serialNumber))/personalize"
        }
    }

    /// The line that the phone sends to the log endpoint when the task failed.
    func report(_ error: String, for service: WebServiceIdentity) -> String {
        let device = "for device \(service.deviceLibraryIdentifier)"
        let type = "pass type \(service.passTypeIdentifier)"
        let task =
            switch self {
            case .register(let serialNumber): "Register task (\(device), \(type), serial number \(serialNumber)"
            case .unregister(let serialNumber): "Unregister task (\(device), \(type), serial number \(serialNumber)"
            case .whatChanged: "Get serial #s task (\(device), \(type), last updated \(service.tag ?? "(null)")"
            case .getPass(let serialNumber, let date):
                "Get pass task (\(type), serial number \(serialNumber), if-modified-since \(date ?? "(null)")"
            case .personalize(let serialNumber): "Personalization task (\(type), serial number \(serialNumber)"
            }
        return "\(task); with web service url \(service.url)) encountered error: \(error)"
    }
}
