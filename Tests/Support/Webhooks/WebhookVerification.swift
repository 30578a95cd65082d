import Foundation

/// Checks events as a customer does, with Python's hmac and none of our code.
public enum WebhookVerification {
    /// How many of the signatures are the secret's.
    public static func matches(of request: WebhookReceiver.Request, secret: String) async throws -> Int {
        let script = """
            import base64, hashlib, hmac, sys
            secret, id, stamp, signatures, body = sys.argv[1:6]
            key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
            signed = id.encode() + b"." + stamp.encode() + b"." + base64.b64decode(body)
            right = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
            print(sum(hmac.compare_digest(right, s) for s in signatures.split(" ")))
            """
        let output = try await Program.succeed([
            "python3", "-c", script, secret, request.id, request.headers["webhook-timestamp"] ?? "",
            request.headers["webhook-signature"] ?? "", Data(request.body).base64EncodedString(),
        ])
        return Int(output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }
}
