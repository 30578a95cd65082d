import Contracts
import HTTPTypes
import Testing

@testable import PassIssuer

@Suite struct WebhookAddressesTests {
    @Test(
        "are refused when they are private, of this host, of the link, of a cloud's metadata, of a carrier, or reserved",
        arguments: [
            "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254",
            "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1",
            "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
            "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "fe80::1",
            "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
            "2001:db8::1",
            "2001::1", "2002:7f00:1::", "3fff::1",
        ])
    func refused(_ text: String) throws {
        #expect(!WebhookAddresses(allowed: []).permits(try #require(IPAddress(text))))
    }

    @Test(
        "are permitted when they are of the public Internet",
        arguments: [
            "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1",
            "192.167.1.1", "193.0.0.1", "223.255.255.255", "::ffff:1.1.1.1", "2606:4700:4700::1111", "2a00:1450::1",
        ])
    func permitted(_ text: String) throws {
        #expect(WebhookAddresses(allowed: []).permits(try #require(IPAddress(text))))
    }

    @Test("are permitted in the blocks that the operator names, and in no other")
    func allowed() throws {
        let addresses = WebhookAddresses(allowed: [try #require(CIDR("10.1.0.0/16")), try #require(CIDR("fd00::/8"))])
        #expect(addresses.permits(try #require(IPAddress("10.1.200.3"))))
        #expect(addresses.permits(try #require(IPAddress("::ffff:10.1.0.1"))))
        #expect(addresses.permits(try #require(IPAddress("fd12::1"))))
        #expect(!addresses.permits(try #require(IPAddress("10.2.0.1"))))
        #expect(!addresses.permits(try #require(IPAddress("127.0.0.1"))))
    }

    @Test("are read from their bytes as from their text", arguments: ["1.2.3.4", "2a00:1450::1", "::1"])
    func bytes(_ text: String) throws {
        let address = try #require(IPAddress(text))
        let parts: [UInt8] =
            switch text {
            case "1.2.3.4": [1, 2, 3, 4]
            case "::1": [UInt8](repeating: 0, count: 15) + [1]
            default: [0x2A, 0, 0x14, 0x50] + [UInt8](repeating: 0, count: 11) + [1]
            }
        #expect(IPAddress(bytes: parts) == address)
        #expect(IPAddress(bytes: [1, 2, 3]) == nil)
    }

    @Test(
        "URLs that can't or mustn't be called are refused when they are put",
        arguments: [
            "http://hooks.example.com/", "ftp://hooks.example.com/", "hooks.example.com", "https://", "https:///path",
            "https://user:secret@hooks.example.com/", "https://hooks.example.com/#top", "https://hooks.example.com/a b",
            "https://127.0.0.1/", "https://10.0.0.1:8443/x", "https://[::1]/", "https://[fd00::1]:443/",
            "https://169.254.169.254/latest/meta-data", "https://[::ffff:127.0.0.1]/", "",
        ])
    func urls(_ url: String) {
        let review = WebhookReview(addresses: WebhookAddresses(allowed: []), allowsHTTP: false)
        #expect(review.faults(of: WebhookRequest(url: url)).map(\.pointer.description) == ["/url"])
    }

    @Test(
        "usual URLs are taken",
        arguments: ["https://hooks.example.com/wallet?tenant=1", "https://1.1.1.1:8443", "HTTPS://Hooks.example/"])
    func goodURLs(_ url: String) {
        let review = WebhookReview(addresses: WebhookAddresses(allowed: []), allowsHTTP: false)
        #expect(review.faults(of: WebhookRequest(url: url)).isEmpty)
    }

    @Test("lists of events that are empty, repeat themselves or name the test are refused")
    func events() {
        let review = WebhookReview(addresses: WebhookAddresses(allowed: []), allowsHTTP: false)
        for events: [WebhookEventKind] in [[], [.issued, .issued], [.test]] {
            let faults = review.faults(of: WebhookRequest(url: "https://a.example", events: events))
            #expect(faults.map(\.pointer.description) == ["/events"])
        }
    }
}
