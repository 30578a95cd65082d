import PushSender
import ServiceKit

@main
struct Main {
    static func main() async {
        await ServiceMain.run(PushSenderService.self)
    }
}
