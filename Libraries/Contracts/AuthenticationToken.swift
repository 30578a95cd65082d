/// A pass's authentication token: made by the issuer, checked by the registry, with no call between them.
public enum AuthenticationToken {
    /// What the token authenticates: the pass type, a zero byte, the serial number.
    public static func message(passTypeIdentifier: PassTypeIdentifier, serialNumber: SerialNumber) -> [UInt8] {
        Array(passTypeIdentifier.rawValue.utf8) + [0] + Array(serialNumber.rawValue.utf8)
    }
}
