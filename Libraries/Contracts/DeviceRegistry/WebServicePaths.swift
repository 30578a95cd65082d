import HTTPTypes

/// The paths of Apple's web service, below `webServiceURL`.
public enum WebServicePaths {
    /// A pass on a device: POST registers, DELETE unregisters.
    public static let registration: PathTemplate =
        "/v1/devices/{deviceLibraryIdentifier}/registrations/{passTypeIdentifier}/{serialNumber}"

    /// What changed for a device: GET with `?passesUpdatedSince=`.
    public static let registrations: PathTemplate =
        "/v1/devices/{deviceLibraryIdentifier}/registrations/{passTypeIdentifier}"

    /// A pass's package: GET and HEAD.
    public static let pass: PathTemplate = "/v1/passes/{passTypeIdentifier}/{serialNumber}"

    /// Lines of a phone's log: POST.
    public static let log: PathTemplate = "/v1/log"

    /// Apple's rewards enrolment: POST.
    public static let personalize: PathTemplate = "/v1/passes/{passTypeIdentifier}/{serialNumber}/personalize"
}
