import GoogleBridge
import ServiceKit

@main
struct Main {
    static func main() async {
        await ServiceMain.run(GoogleBridgeService.self)
    }
}
