import Contracts
import HTTPClient
import HTTPServer
import HTTPTypes
import Support
import Testing
import Tracing

extension EndToEndTests {
    @Suite("Traces") struct TracingTests {
        private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        private static let parent = "00f067aa0ba902b7"
        private static let traceparent = "00-\(trace)-\(parent)-01"

        /// Runs a body on a platform whose services send traces to a collector.
        private static func withTraces(
            _ settings: [String: String] = [:], _ body: (WalletPlatform, TraceCollector) async throws -> Void
        ) async throws {
            let collector = try TraceCollector()
            try await withPlatform(isStarted: false) { platform in
                for service in platform.services {
                    service.change(["OTEL_EXPORTER_OTLP_ENDPOINT": collector.url])
                    for (name, value) in settings { service.change([name: value]) }
                }
                try await platform.start()
                try await platform.provideDemo()
                try await body(platform, collector)
            }
            await collector.stop()
        }

        /// A phone with one pass.
        private static func install(_ platform: WalletPlatform) async throws -> (WalletDevice, String) {
            let package = try await platform.open(try await platform.link(for: Person())).body
            let device = WalletDevice(platform)
            try await device.add(package: package)
            let serialNumber = try #require(PassContent(package: package)).serialNumber
            #expect(await device.register(serialNumber) == .created)
            return (device, serialNumber)
        }

        private static func fetch(
            _ serialNumber: String, of device: WalletDevice, _ platform: WalletPlatform, headers: HTTPHeaders
        ) async throws -> HTTPClientResponse {
            let token = try #require(await device.passes[serialNumber]?.content.authenticationToken)
            var headers = headers
            headers["Authorization"] = "ApplePass \(token)"
            return try await platform.send(
                .get, "\(platform.registry.publicURL ?? "")/v1/passes/\(PassAuthority.passType)/\(serialNumber)",
                headers: headers)
        }

        /// The one step of a service with a name, in the trace of the test or, with nil, in whichever.
        private static func step(
            _ collector: TraceCollector, _ service: String, _ name: String, kind: Int, in trace: String? = trace
        ) async throws -> CollectedSpan {
            func steps() -> [CollectedSpan] {
                collector.spans.filter { span in
                    (trace.map { span.traceID == $0 } ?? true) && span.service == service && span.name == name
                        && span.kind == kind
                }
            }
            try await eventually(
                "\(service) to tell of \(name); told: \(collector.spans.map { "\($0.service) \($0.name)" })"
            ) { !steps().isEmpty }
            #expect(steps().count == 1)
            return steps()[0]
        }

        @Test("a phone's fetch is one trace of our own through device-registry and pass-issuer, whatever it comes with")
        func fetching() async throws {
            try await Self.withTraces { platform, collector in
                let (device, serialNumber) = try await Self.install(platform)
                let answer = try await Self.fetch(
                    serialNumber, of: device, platform,
                    headers: ["traceparent": Self.traceparent, "tracestate": "edge=1", "X-Request-Id": "request-58"])
                #expect(answer.status == .ok)

                let fetch = "GET /v1/passes/{passTypeIdentifier}/{serialNumber}"
                let call = "GET /rpc/v1/passes/{passTypeIdentifier}/{serialNumber}"
                let first = try await Self.step(collector, "device-registry", fetch, kind: 2, in: nil)
                let second = try await Self.step(collector, "device-registry", call, kind: 3, in: first.traceID)
                let third = try await Self.step(collector, "pass-issuer", call, kind: 2, in: first.traceID)
                #expect(first.traceID != Self.trace && first.parentID.isEmpty)
                #expect(!collector.text.contains("edge=1"))
                #expect(second.parentID == first.spanID && third.parentID == second.spanID)
                #expect(first.attributes["http.response.status_code"] == "200")
                #expect(third.attributes["wallet.request_id"] == "request-58")
                // A step is told when its answer is on its way, which a busy machine may do late.
                #expect(first.times[0] <= third.times[0] && third.times[1] <= first.times[1] + 5_000_000_000)

                // Both logs name the step that the collector knows.
                let trace = "\"traceId\":\"\(first.traceID)\""
                for (service, step) in [(platform.registry, first), (platform.issuer, third)] {
                    var line: Substring?
                    try await eventually("\(service.name)'s line of the request") {
                        line = service.log.split(separator: "\n").first {
                            $0.contains("request-58") && $0.contains(step.attributes["http.route"] ?? "-")
                        }
                        return line != nil
                    }
                    #expect(line?.contains(trace) == true, "\(service.name): \(line ?? "")")
                    #expect(line?.contains("\"spanId\":\"\(step.spanID)\"") == true, "\(service.name)")
                }
            }
        }

        @Test("a change goes through the outbox in its trace; neither it nor the pushes tell secrets or persons")
        func changing() async throws {
            try await Self.withTraces { platform, collector in
                let (device, serialNumber) = try await Self.install(platform)
                let person = Person()
                [person.firstName, person.lastName].forEach(platform.confide)
                let context = try #require(TraceContext(traceparent: Self.traceparent))
                try await ActiveSpan.$current.withValue(Tracer.off.span(continuing: context)) {
                    try await platform.patch(serialNumber, PassPatch(contact: .value(person.contact)))
                }
                let route = "/admin/v1/passes/{serialNumber}"
                let change = try await Self.step(collector, "pass-issuer", "PATCH \(route)", kind: 2)
                let delivery = try await Self.step(collector, "pass-issuer", "deliver passesChanged", kind: 5)
                let call = try await Self.step(collector, "pass-issuer", "POST /rpc/v1/pass-updates", kind: 3)
                let update = try await Self.step(collector, "device-registry", "POST /rpc/v1/pass-updates", kind: 2)
                #expect(change.parentID == Self.parent && delivery.parentID == change.spanID)
                #expect(call.parentID == delivery.spanID && update.parentID == call.spanID)
                #expect(try await Self.fetch(serialNumber, of: device, platform, headers: [:]).status == .ok)

                // Pushes are joined over changes: they have traces of their own.
                try await eventually("a push and a signature") {
                    Set(collector.spans.map(\.name)).isSuperset(of: ["push through APNs", "sign package"])
                }
                let push = try #require(collector.spans.first { $0.name == "push through APNs" })
                #expect(push.traceID != Self.trace && push.attributes["wallet.accepted"] == "1" && push.kind == 3)
                // Each service sends its steps in its own time.
                try await eventually("both sides of the handing over of pushes") {
                    let taken = collector.spans.first {
                        $0.name == "POST /rpc/v1/pushes" && $0.service == "push-sender"
                    }
                    return collector.spans.contains {
                        $0.service == "device-registry" && $0.spanID == taken?.parentID && $0.kind == 3
                    }
                }
                let token = await device.pushToken
                let text = collector.text
                for secret in platform.secrets.all + [token, person.firstName, person.lastName, serialNumber] {
                    #expect(!text.contains(secret), "a trace holds \(secret)")
                }
            }
        }

        @Test("the metrics tell how long signing takes, whether packages were kept, and how long statements waited")
        func metrics() async throws {
            try await withPlatform { platform in
                try await platform.provideDemo()
                let (device, serialNumber) = try await Self.install(platform)
                _ = try await Self.fetch(serialNumber, of: device, platform, headers: [:])
                let answer = try await platform.send(.get, platform.issuer.internalURL + "/metrics")
                let samples = try PrometheusText(String(decoding: answer.body, as: UTF8.self)).samples
                func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
                    samples.first { $0.name == name && $0.labels == labels }?.value
                }
                #expect(value("wallet_signing_seconds_count") == 1)
                #expect(try #require(value("wallet_signing_seconds_sum")) > 0)
                #expect(value("wallet_package_cache_requests_total", ["result": "hit"]) == 1)
                #expect(value("wallet_package_cache_requests_total", ["result": "miss"]) == 0)
                #expect(try #require(value("database_wait_seconds_total")) > 0)
                #expect(value("wallet_trace_spans_total", ["result": "exported"]) == 0)
            }
        }

        @Test("at a ratio of 0 only traces of others are told of", arguments: [true, false])
        func ratio(_ isSampled: Bool) async throws {
            try await Self.withTraces(["OTEL_TRACES_SAMPLER_ARG": "0"]) { platform, collector in
                let (_, serialNumber) = try await Self.install(platform)
                let flags = isSampled ? "01" : "00"
                let context = TraceContext(traceparent: "00-\(Self.trace)-\(Self.parent)-\(flags)")
                try await ActiveSpan.$current.withValue(Tracer.off.span(continuing: context)) {
                    try await platform.patch(serialNumber, PassPatch(voucher: .value(["points": 8])))
                }
                if isSampled { try await eventually("the trace") { !collector.spans.isEmpty } }
                // At its end a service has sent all that it had to tell.
                for service in [platform.registry, platform.issuer] { #expect(await service.terminate() == 0) }
                #expect(Set(collector.spans.map(\.traceID)) == (isSampled ? [Self.trace] : []))
            }
        }

        @Test("calls of Google and of webhooks are steps of traces, and no webhook is told of them")
        func strangers() async throws {
            let collector = try TraceCollector()
            let receiver = try WebhookReceiver()
            let settings = [
                "WEBHOOK_ALLOW_HTTP": "true", "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.1/32",
                "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
            ]
            try await GooglePlatform.run(settings: settings) { subject in
                let platform = subject.platform
                platform.bridge.change(["OTEL_EXPORTER_OTLP_ENDPOINT": collector.url])
                try await platform.bridge.restart(client: platform.client)
                _ = try await platform.admin.call(
                    PassIssuerEndpoints.putWebhook,
                    parameters: ["id": WalletPlatform.campaign.rawValue, "name": "crm"],
                    body: WebhookRequest(url: receiver.url))
                let serialNumber = try await subject.save(Person())
                try await eventually("Google and the webhook to be told of") {
                    Self.call(below: "write to Google Wallet", collector) != nil
                        && Self.call(below: "deliver webhook event", collector) != nil
                }
                try await eventually("the object's call") {
                    collector.spans.contains {
                        $0.attributes["url.template"]?.hasPrefix("/walletobjects/v1/loyaltyObject") == true
                            && $0.attributes["server.address"] == "127.0.0.1"
                    }
                }
                #expect(!collector.text.contains(serialNumber))
                #expect(Self.call(below: "deliver webhook event", collector)?.name == "POST")
                #expect(!receiver.requests.isEmpty)
                #expect(receiver.requests.allSatisfy { $0.headers["traceparent"] == nil })
            }
            await receiver.stop()
            await collector.stop()
        }

        /// A call that was made by a step of a name.
        private static func call(below name: String, _ collector: TraceCollector) -> CollectedSpan? {
            let spans = collector.spans
            let above = spans.filter { $0.name == name }.map(\.spanID)
            return spans.first { $0.kind == 3 && above.contains($0.parentID) }
        }

        @Test(
            "a collector that is not there, or does not answer, costs no request and no orderly end",
            arguments: [true, false])
        func noCollector(_ answersNever: Bool) async throws {
            let collector = try TraceCollector()
            collector.answer { _ in
                try? await Task.sleep(for: .seconds(120))
                return HTTPResponse(.ok)
            }
            let nobody = "http://127.0.0.1:\(try FreePorts.take())"
            try await withPlatform(isStarted: false) { platform in
                for service in platform.services {
                    service.change(["OTEL_EXPORTER_OTLP_ENDPOINT": answersNever ? collector.url : nobody])
                }
                try await platform.start()
                try await platform.provideDemo()
                let (device, serialNumber) = try await Self.install(platform)
                #expect(try await Self.fetch(serialNumber, of: device, platform, headers: [:]).status == .ok)
                if !answersNever {
                    try await eventually("the log to say so") {
                        platform.registry.log.contains("The collector takes no traces.")
                    }
                }
                let start = ContinuousClock.now
                #expect(await platform.registry.terminate() == 0)
                #expect(start.duration(to: .now) < .seconds(25))
            }
            await collector.stop()
        }
    }
}
