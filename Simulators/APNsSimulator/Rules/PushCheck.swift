import HTTP2

/// What is wrong with a request before anybody asks who sent it.
enum PushCheck {
    /// The largest payload.
    static let maximumPayloadBytes = 4_096

    private static let prefix = "/3/device/"

    /// The token that a request is for.
    static func token(of request: HTTP2ServerRequest) throws(APNsRefusal) -> DeviceToken {
        guard request.path.hasPrefix(prefix) || request.path == "/3/device" else { throw APNsRefusal(.badPath) }
        guard request.method == "POST" else { throw APNsRefusal(.methodNotAllowed) }
        let text = request.path.dropFirst(prefix.count)
        guard !text.isEmpty else { throw APNsRefusal(.missingDeviceToken) }
        guard !text.contains("/") else { throw APNsRefusal(.badPath) }
        guard let token = DeviceToken(text) else { throw APNsRefusal(.badDeviceToken) }
        return token
    }

    static func checkPayload(of request: HTTP2ServerRequest) throws(APNsRefusal) {
        guard request.bodyLength > 0 else { throw APNsRefusal(.payloadEmpty) }
        guard request.bodyLength <= maximumPayloadBytes else { throw APNsRefusal(.payloadTooLarge) }
    }
}
