import PassIssuer
import ServiceKit

@main struct Main {
    static func main() async {
        await ServiceMain.run(PassIssuerService.self)
    }
}
