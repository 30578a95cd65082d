import Contracts

/// What a device tells when it registers for a pass.
struct NewRegistration: Sendable, Hashable {
    let registration: Registration
    /// What it is reached by from now on.
    let pushToken: PushToken

    init(of registration: Registration, pushToken: PushToken) {
        (self.registration, self.pushToken) = (registration, pushToken)
    }
}
