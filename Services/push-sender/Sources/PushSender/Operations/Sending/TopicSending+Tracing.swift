import Tracing

extension TopicSending {
    /// Tells of pushes and the answers that came together as one step of a trace, from the first push on. It tells of no
    /// token.
    func tell(_ answers: [PushAnswer]) {
        guard let step = tools.tracer.span(continuing: nil), step.isRecorded,
            let first = answers.lazy.map(\.sentAt).min()
        else { return }
        let statuses = answers.map { if case .response(let status, _, _) = $0.answer { status } else { 0 } }
        let unanswered = statuses.count { $0 == 0 }
        step.end(
            "push through APNs", .client,
            took: .microseconds(max(0, tools.clock().microseconds - first.microseconds)),
            [
                .text("server.address", client.host), .text("wallet.pass_type", "\(topic.passTypeIdentifier)"),
                .number("messaging.batch.message_count", answers.count),
                .number("wallet.accepted", statuses.count { $0 == 200 }), .number("wallet.unanswered", unanswered),
            ], failure: unanswered > 0 ? SpanFailure(type: "unanswered") : nil)
    }
}
