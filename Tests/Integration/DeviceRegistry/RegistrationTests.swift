import HTTPTypes
import Testing

@Suite struct RegistrationTests {
    @Test("answers 201 to a new registration and 200 to the same again")
    func registers() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            #expect(try await registry.register("d1", "s1", pushToken: "aa") == 201)
            #expect(try await registry.register("d1", "s1", pushToken: "aa") == 200)
            #expect(try await registry.register("d1", "s2", pushToken: "aa") == 201)
            #expect(try await registry.rows("registrations") == 2)
            #expect(try await registry.rows("devices") == 1)
        }
    }

    @Test("pushes to the new token once a device has registered again with another")
    func replacesToken() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            #expect(try await registry.register("d1", "s1", pushToken: "aaaa") == 201)
            #expect(try await registry.register("d1", "s1", pushToken: "BBBB") == 200)
            #expect(try await registry.update(["s1"]).devices == 1)
            #expect(try await registry.pushedTokens() == [["bbbb"]])
        }
    }

    @Test("makes one registration of two identical ones in parallel, and answers 201 to one and 200 to the other")
    func registersInParallel() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            for round in 1...200 {
                async let one = registry.register("d\(round)", "s1", pushToken: "aa")
                async let other = registry.register("d\(round)", "s1", pushToken: "aa")
                #expect(Set([try await one, try await other]) == [200, 201])
            }
            #expect(try await registry.rows("registrations") == 200)
            #expect(try await registry.rows("devices") == 200)
        }
    }

    @Test("stamps and pushes one device when it registers a pass that has changed, even twice in parallel")
    func stampsChangedPass() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            #expect(try await registry.update(["s1"]).devices == 0)
            #expect(try await registry.register("d0", "s2", pushToken: "cc") == 201)
            #expect(try await registry.pushedTokens() == [])
            let before = try #require(try await registry.changes("d0").tag)
            async let one = registry.register("d1", "s1", pushToken: "aa")
            async let other = registry.register("d1", "s1", pushToken: "aa")
            #expect(Set([try await one, try await other]) == [200, 201])
            #expect(try await registry.pushedTokens() == [["aa"]])
            let changes = try await registry.changes("d1", since: before)
            #expect(changes.serialNumbers == ["s1"])
            #expect(try await registry.changes("d1", since: changes.tag).status == 204)
        }
    }

    @Test("lists a pass again when it is registered anew after a change that was delivered before")
    func stampsRenewedRegistrationAfterChange() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("d1", "s1", pushToken: "aa")
            _ = try await registry.update(["s1"])
            let tag = try await registry.changes("d1").tag
            #expect(try await registry.changes("d1", since: tag).status == 204)
            // The phone added an older package over the newest one.
            #expect(try await registry.register("d1", "s1", pushToken: "aa") == 200)
            #expect(try await registry.changes("d1", since: tag).serialNumbers == ["s1"])
            #expect(try await registry.pushedTokens() == [["aa"], ["aa"]])
        }
    }

    @Test("takes the scheme in any case, and that of wallets for Android")
    func takesSchemes() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            for scheme in ["applepass", "APPLEPASS", "AttidoPass"] {
                let headers: HTTPHeaders = ["Authorization": "\(scheme) \(try RegistryAccess.token("s1"))"]
                #expect(try await registry.register(scheme, "s1", pushToken: "aa", headers: headers) == 201)
            }
        }
    }

    @Test("keeps an encoded slash inside its segment")
    func decodesSegments() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            #expect(try await registry.register("d/1", "s/1 x", pushToken: "aa") == 201)
            #expect(try await registry.changes("d/1").serialNumbers == ["s/1 x"])
            let path = "/v1/devices/d/1/registrations/\(RegistryAccess.passType)/s"
            #expect(try await registry.send(.post, path).status == .notFound)
        }
    }

    @Test("answers 401 to a token that is not the pass's, whatever the body")
    func refusesTokens() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let path = RegistryAccess.registrationPath("d1", "s1")
            let right = try RegistryAccess.token("s1")
            let wrong: [HTTPHeaders] = [
                [:], ["Authorization": "ApplePass"], ["Authorization": "ApplePass "],
                ["Authorization": "ApplePass \(right)x"], ["Authorization": "ApplePass \(right.dropLast())"],
                ["Authorization": "Bearer \(right)"], ["Authorization": right],
                ["Authorization": "ApplePass k2.\(right.dropFirst(3))"],
                try RegistryAccess.authorization("s2"),
                try RegistryAccess.authorization("s1", passType: "pass.com.example.other"),
            ]
            for headers in wrong {
                for body in ["{\"pushToken\":\"aa\"}", "no JSON", "", String(repeating: " ", count: 10_000)] {
                    let response = try await registry.send(.post, path, headers: headers, body: Array(body.utf8))
                    #expect(response.status == .unauthorized, "\(headers) \(body.prefix(9))")
                    #expect(response.headers["Cache-Control"] == "no-store, private")
                }
                #expect(try await registry.send(.delete, path, headers: headers).status == .unauthorized)
            }
            #expect(try await registry.rows("devices") == 0)
        }
    }

    @Test("answers 400 to a body without a push token in hexadecimal digits")
    func refusesBodies() async throws {
        let bodies = [
            "", "no JSON", "[]", "{}", "\"aa\"", #"{"pushToken":null}"#, #"{"pushToken":12}"#, #"{"pushToken":""}"#,
            #"{"pushToken":"APA91bE_fcm-token"}"#, #"{"pushToken":"aa bb"}"#, #"{"pushToken":["aa"]}"#,
            #"{"pushToken":"aa","pushToken":"bb"}"#, #"{"pushToken":"aa"} x"#,
        ]
        try await RegistryUnderTest.run { (registry) async throws in
            let path = RegistryAccess.registrationPath("d1", "s1")
            let headers = try RegistryAccess.authorization("s1")
            for body in bodies {
                let response = try await registry.send(.post, path, headers: headers, body: Array(body.utf8))
                #expect(response.status == .badRequest, "\(body)")
                #expect(response.headers["Cache-Control"] == "no-store, private", "\(body)")
            }
            #expect(try await registry.rows("devices") == 0)
        }
    }

    @Test("answers 413 to a body over 4 KiB, and takes one of 4 KiB")
    func limitsBodies() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let path = RegistryAccess.registrationPath("d1", "s1")
            let headers = try RegistryAccess.authorization("s1")
            func body(_ count: Int) -> [UInt8] {
                let text = #"{"pushToken":"aa"}"#
                return Array(text.utf8) + [UInt8](repeating: 0x20, count: count - text.utf8.count)
            }
            let tooLong = try await registry.send(.post, path, headers: headers, body: body(4_097))
            #expect(tooLong.status == .contentTooLarge)
            #expect(try await registry.rows("devices") == 0)
            #expect(try await registry.send(.post, path, headers: headers, body: body(4_096)).status == .created)
        }
    }

    @Test("unregisters, does so again, and forgets the device with its last registration")
    func unregisters() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            _ = try await registry.register("d1", "s1", pushToken: "aa")
            _ = try await registry.register("d1", "s2", pushToken: "aa")
            #expect(try await registry.unregister("d1", "s1") == 200)
            #expect(try await registry.rows("devices") == 1)
            #expect(try await registry.changes("d1").serialNumbers == ["s2"])
            #expect(try await registry.unregister("d1", "s1") == 200)
            #expect(try await registry.unregister("d1", "s2") == 200)
            #expect(try await registry.rows("devices") == 0)
            #expect(try await registry.unregister("d1", "s2") == 200)
            #expect(try await registry.unregister("unknown", "s2") == 200)
        }
    }

    @Test("keeps a registration that is made while the device's last one ends")
    func unregistersBesideRegistration() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            for round in 1...150 {
                let device = "d\(round)"
                _ = try await registry.register(device, "s1", pushToken: "aa")
                async let ended = registry.unregister(device, "s1")
                async let begun = registry.register(device, "s2", pushToken: "bb")
                #expect(try await ended == 200)
                #expect(try await begun == 201)
                #expect(try await registry.changes(device).serialNumbers == ["s2"])
            }
            #expect(try await registry.rows("devices") == 150)
        }
    }

    @Test("answers 405 with Allow to methods that the path does not have")
    func refusesMethods() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            let put = try await registry.send(.put, RegistryAccess.registrationPath("d1", "s1"))
            #expect(put.status == .methodNotAllowed)
            #expect(put.headers["Allow"] == "DELETE, POST")
            let list = RegistryAccess.changesPath("d1", since: nil)
            #expect(try await registry.send(.post, list).status == .methodNotAllowed)
            #expect(try await registry.send(.get, "/v1/log").status == .methodNotAllowed)
            let pass = "/v1/passes/\(RegistryAccess.passType)/s1"
            #expect(try await registry.send(.delete, pass).status == .methodNotAllowed)
            #expect(try await registry.send(.get, "\(pass)/personalize").status == .methodNotAllowed)
        }
    }

    @Test("answers 429 with Retry-After beyond the rate of one address, once a rate is set")
    func limitsRate() async throws {
        try await RegistryUnderTest.run(settings: ["DEVICE_RATE_PER_ADDRESS": "0.2"]) { (registry) async throws in
            #expect(try await registry.changes("d1").status == 204)
            let response = try await registry.send(.get, RegistryAccess.changesPath("d1", since: nil))
            #expect(response.status == .tooManyRequests)
            #expect(response.headers["Retry-After"].flatMap { Int($0) } ?? 0 > 0)
        }
    }

    @Test("answers 429 with Retry-After beyond the rate of one device, and goes on serving others")
    func limitsRateOfDevice() async throws {
        try await RegistryUnderTest.run(settings: ["DEVICE_RATE_PER_DEVICE": "0.2"]) { (registry) async throws in
            for _ in 0..<2 { #expect(try await registry.changes("d1").status == 204) }
            let response = try await registry.send(.get, RegistryAccess.changesPath("d1", since: nil))
            #expect(response.status == .tooManyRequests)
            #expect(response.headers["Retry-After"].flatMap { Int($0) } ?? 0 > 0)
            #expect(try await registry.changes("d2").status == 204)
        }
    }

    @Test("has no internal path on the public listener")
    func separatesListeners() async throws {
        try await RegistryUnderTest.run { (registry) async throws in
            for path in ["/rpc/v1/pass-updates", "/admin/v1/device-logs", "/metrics", "/healthz", "/readyz"] {
                #expect(try await registry.send(.get, path).status == .notFound)
            }
        }
    }
}
