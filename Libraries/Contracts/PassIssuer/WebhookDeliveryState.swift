/// How far the delivery of an event is.
public enum WebhookDeliveryState: String, Choice {
    /// It is sent, or sent again.
    case pending
    /// The receiver took it.
    case delivered
    /// It was given up; a replay sends it again.
    case failed
}
