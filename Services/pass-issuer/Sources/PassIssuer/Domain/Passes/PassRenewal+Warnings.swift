extension PassRenewal {
    /// What people will not notice of a change: the fields whose value is another one and that have no `changeMessage`.
    func warnings(about transition: PassTransition) -> [String] {
        guard transition.isVisible, let before = try? current.check(transition.old),
            let after = try? transition.campaign.check(transition.new)
        else { return [] }
        return FieldNotices.warnings(from: before.pass, to: after.pass)
    }
}
