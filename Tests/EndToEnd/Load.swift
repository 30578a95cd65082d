import Contracts
import HTTPClient
import HTTPTypes
import JSON
import Support
import Testing

/// Writers and phones that carry on through crashes, and remember all that was acknowledged to them.
actor Load {
    private static let people = 4
    private static let changes = 25
    private static let newcomers = 20
    private static let onceChanged = 60

    /// How many answers said that something was stored.
    private(set) var acknowledgements = 0

    private let platform: WalletPlatform
    private var changed: [String: Set<Int>] = [:]
    private var registered: [(device: WalletDevice, serialNumber: String)] = []
    private var opened: Set<String> = []
    private var packages: [[UInt8]] = []
    /// Passes that change a single time: what is lost of such a change no later one makes up for.
    private var quietSerialNumbers: [String] = []
    private var links: [String] = []
    private var isWriting = true

    /// Stores the demo campaign, passes to change, and links to open.
    init(_ platform: WalletPlatform) async throws {
        self.platform = platform
        try await platform.provideDemo()
        for _ in 0..<Self.people + Self.onceChanged {
            let answer = try await platform.open(try await platform.link(for: Person()))
            try #require(answer.status == .ok)
            packages.append(answer.body)
        }
        for _ in 0..<Self.newcomers { links.append(try await platform.link(for: Person())) }
    }

    /// Runs all writers and phones, and the disturbance beside them, until every writer has been acknowledged.
    func run(disturbance: @escaping @Sendable () async throws -> Void) async throws {
        let serialNumbers = try packages.map { try #require(PassContent(package: $0)).serialNumber }
        quietSerialNumbers = Array(serialNumbers.dropFirst(Self.people))
        let phones = try await phonesWithAll()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await disturbance() }
            for phone in phones { group.addTask { await self.loop(phone) } }
            try await withThrowingTaskGroup(of: Void.self) { writers in
                for serialNumber in serialNumbers.prefix(Self.people) {
                    writers.addTask { try await self.change(serialNumber) }
                }
                writers.addTask { try await self.changeEachOnce() }
                writers.addTask { try await self.openAll() }
                try await writers.waitForAll()
            }
            isWriting = false
            try await group.waitForAll()
        }
        try await verify(phones)
    }

    /// Waits until so many changes were acknowledged: the load is in full swing then.
    func reach(_ count: Int) async throws {
        try await eventually(within: .seconds(60), "\(count) acknowledged changes, \(acknowledgements) are") {
            acknowledgements >= count
        }
    }

    private func phonesWithAll() async throws -> [WalletDevice] {
        var phones: [WalletDevice] = []
        for _ in 0..<2 {
            let phone = WalletDevice(platform)
            for package in packages {
                try await phone.add(package: package)
                let serialNumber = try #require(PassContent(package: package)).serialNumber
                #expect(await phone.register(serialNumber) == .created)
                registered.append((phone, serialNumber))
            }
            phones.append(phone)
        }
        return phones
    }

    private func change(_ serialNumber: String) async throws {
        for number in 1...Self.changes { try await change(serialNumber, number) }
    }

    private func changeEachOnce() async throws {
        for serialNumber in quietSerialNumbers { try await change(serialNumber, 1) }
    }

    private func change(_ serialNumber: String, _ number: Int) async throws {
        let voucher: JSONObject = ["points": .number(JSONNumber(number)), "n\(number)": true]
        try await eventually(within: .seconds(60), "change \(number) of \(serialNumber)") {
            // Without an answer nothing is promised, and the change is sent again.
            (try? await platform.patch(serialNumber, PassPatch(voucher: .value(voucher)))) != nil
        }
        changed[serialNumber, default: []].insert(number)
        acknowledgements += 1
    }

    private func openAll() async throws {
        for link in links {
            var answer: HTTPClientResponse?
            try await eventually(within: .seconds(60), "a link to be opened") {
                answer = try? await platform.open(link)
                return answer?.status == .ok
            }
            let package = try #require(answer).body
            let serialNumber = try #require(PassContent(package: package)).serialNumber
            opened.insert(serialNumber)
            acknowledgements += 1
            let device = WalletDevice(platform)
            try await device.add(package: package)
            try await eventually(within: .seconds(60), "a registration") {
                let status = await device.register(serialNumber)
                return status == .created || status == .ok
            }
            registered.append((device, serialNumber))
            acknowledgements += 1
        }
    }

    private func loop(_ phone: WalletDevice) async {
        while isWriting { await phone.refresh() }
    }

    private func verify(_ phones: [WalletDevice]) async throws {
        for (serialNumber, numbers) in changed {
            let voucher = try await platform.pass(serialNumber).voucher
            let lost = numbers.filter { voucher["n\($0)"] != true }
            #expect(lost.isEmpty, "acknowledged changes of \(serialNumber) are lost")
            #expect(voucher["points"]?.intValue == numbers.max())
        }
        for serialNumber in opened {
            #expect(try await platform.pass(serialNumber).serialNumber.rawValue == serialNumber)
        }
        for (device, serialNumber) in registered {
            let known = try await platform.registryAdmin.call(
                DeviceRegistryEndpoints.getDevice,
                parameters: ["deviceLibraryIdentifier": device.deviceLibraryIdentifier])
            #expect(known.registrations.contains { $0.serialNumber.rawValue == serialNumber })
        }
        for phone in phones {
            for (serialNumber, numbers) in changed {
                // What a crash left half delivered comes again when its lease is over.
                try await eventually(within: .seconds(60), "a phone to hold the newest content of \(serialNumber)") {
                    if await phone.passes[serialNumber]?.content.points == numbers.max() { return true }
                    await phone.refresh()
                    return false
                }
            }
            #expect(await phone.complaints == [])
        }
    }
}
