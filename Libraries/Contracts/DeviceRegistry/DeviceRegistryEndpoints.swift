import HTTPTypes

/// The calls of device-registry's internal listener.
public enum DeviceRegistryEndpoints {
    /// Tells which passes changed at the issuer.
    public static let passUpdates = Endpoint<PassUpdatesRequest, PassUpdatesAnswer>(
        .post, "/rpc/v1/pass-updates", scopes: [.passIssuer], bodyLimit: 4 << 20, successStatus: .accepted)

    /// Tells which push tokens APNs refused.
    public static let rejections = Endpoint<RejectionsRequest, RejectionsAnswer>(
        .post, "/rpc/v1/push-tokens/rejections", scopes: [.pushSender], bodyLimit: 4 << 20)

    /// Forgets who has passes whose contact was erased, once their phones know; a question too, asked until nothing is left.
    public static let erasures = Endpoint<RegistryErasuresRequest, RegistryErasuresAnswer>(
        .post, "/rpc/v1/erasures", scopes: [.passIssuer])

    /// Counts the devices that registered passes; a question, with a body because a list of passes fits no path.
    public static let installations = Endpoint<InstallationsRequest, InstallationsAnswer>(
        .post, "/rpc/v1/installations", scopes: [.passIssuer])

    /// Answers what the registry saw of a pass, and the devices it is on.
    public static let passEvents = Endpoint<NoBody, RegistryEventsAnswer>(
        .get, "/rpc/v1/passes/{passTypeIdentifier}/{serialNumber}/events", scopes: [.passIssuer])

    /// Counts registrations and their ends by day, by `?from=` and `?to=`.
    public static let statistics = Endpoint<NoBody, StatisticsAnswer>(
        .get, "/rpc/v1/statistics", scopes: [.passIssuer])

    /// Answers a device.
    public static let getDevice = Endpoint<NoBody, DeviceAnswer>(
        .get, "/admin/v1/devices/{deviceLibraryIdentifier}", scopes: [.admin])

    /// Lists what phones logged, by `?passTypeIdentifier=`, `?serialNumber=` and `?kind=`.
    public static let listDeviceLogs = Endpoint<NoBody, Page<DeviceLogItem>>(
        .get, "/admin/v1/device-logs", scopes: [.admin])
}
