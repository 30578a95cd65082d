import DeviceRegistry
import ServiceKit

@main
struct Main {
    static func main() async {
        await ServiceMain.run(DeviceRegistryService.self)
    }
}
