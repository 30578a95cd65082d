import Contracts

extension RecordedPassEvent {
    /// The event as a timeline tells it, of a device that is known from elsewhere when the event names none.
    func told(of device: DeviceLibraryIdentifier?) -> PassEvent {
        PassEvent(at: at, kind: publicKind, detail: detail, deviceLibraryIdentifier: self.device ?? device)
    }

    private var publicKind: PassEventKind {
        switch kind {
        case .registered: .registered
        case .unregistered, .rejected: .unregistered
        case .changesListed: .changesListed
        case .fetched: .fetched
        case .notModified: .notModified
        }
    }

    private var detail: String {
        switch (kind, tag) {
        case (.registered, nil): "The device registered the pass."
        case (.registered, let tag?):
            "The device registered the pass, which had changed before: it is listed with the tag \(tag), and pushed."
        case (.unregistered, _): "The device let the pass go."
        case (.rejected, _): "APNs refused the device's push token for good, which ended the registration."
        case (.changesListed, let tag?):
            "The device asked what changed and was told of the pass, with the tag \(tag)."
        case (.changesListed, nil): "The device asked what changed and was told of the pass."
        case (.fetched, _): "The package was sent."
        case (.notModified, _): "The package was asked for; the device has the newest."
        }
    }
}
