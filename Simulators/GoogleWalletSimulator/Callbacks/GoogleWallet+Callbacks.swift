import Cryptography
import GoogleWalletSchema
import HTTPTypes

extension GoogleWallet {
    /// The callbacks so far, the oldest first.
    public var sentCallbacks: [CallbackRecord] { callbacks.records }

    /// The body of a callback about an object, genuine or forged, as it would be sent to the class's address.
    public func callback(
        _ event: CallbackEvent, of objectID: String, forgery: CallbackForgery? = nil
    ) throws -> [UInt8] {
        guard let resource = vault.find(.object, objectID) else {
            throw SimulatorError.unusable("there is no object \(objectID)")
        }
        return try body(of: message(event, resource, forgery), resource, forgery)
    }

    /// Sends a callback about an object to its class's address, genuine or forged.
    public func sendCallback(_ event: CallbackEvent, of objectID: String, forgery: CallbackForgery? = nil) throws {
        guard let resource = vault.find(.object, objectID), let url = callbackURL(of: resource) else {
            throw SimulatorError.unusable("there is no object \(objectID) whose class has an address for callbacks")
        }
        let message = message(event, resource, forgery)
        let settings = settings
        callbacks.add(
            message, body: try body(of: message, resource, forgery), to: url, duplicates: settings.callbackDuplicates,
            attempts: settings.callbackAttempts)
    }

    /// Tells the issuer what a person did, when it wants to know.
    func tell(_ event: CallbackEvent, of objectID: String) {
        guard !settings.withholdsCallbacks else { return }
        // Without an address there is nobody to tell; a key that cannot sign is as silent as Google in 2024.
        try? sendCallback(event, of: objectID)
    }

    private func callbackURL(of resource: Resource) -> String? {
        resource.classID.flatMap { vault.find(.class, $0) }?.object["callbackOptions"]?["url"]?.stringValue
    }

    private func message(_ event: CallbackEvent, _ resource: Resource, _ forgery: CallbackForgery?) -> CallbackMessage {
        let lifetime = forgery == .expiredMessage ? -60 : settings.callbackLifetimeSeconds
        return CallbackMessage(
            classID: resource.classID ?? "", objectID: resource.id.description, event: event,
            expiresAt: clock.now().adding(seconds: lifetime))
    }

    private func body(
        of message: CallbackMessage, _ resource: Resource, _ forgery: CallbackForgery?
    ) throws(CryptographyError) -> [UInt8] {
        try signer.callback(message, issuerID: resource.id.issuerID, at: clock.now(), forgery: forgery)
    }
}
