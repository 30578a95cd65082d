import GoogleWalletSchema
import Synchronization

/// All classes and objects. Nothing is ever deleted, so that lists only grow at their end.
final class Vault: Sendable {
    private struct State {
        var classes: [String: Resource] = [:]
        var objects: [String: Resource] = [:]
        var classesOfIssuer: [String: [String]] = [:]
        var objectsOfClass: [String: [String]] = [:]

        subscript(side: GoogleLevel, id: String) -> Resource? {
            get { side == .class ? classes[id] : objects[id] }
            set {
                switch side {
                case .class: classes[id] = newValue
                case .object: objects[id] = newValue
                }
            }
        }
    }

    private let state = Mutex(State())
    private let onChange: @Sendable (Resource) -> Void

    /// `onChange` is told of each write in the order of the writes, and must not call back.
    init(onChange: @escaping @Sendable (Resource) -> Void = { _ in }) {
        self.onChange = onChange
    }

    /// How many classes and objects there are.
    var counts: (classes: Int, objects: Int) { state.withLock { ($0.classes.count, $0.objects.count) } }

    func find(_ side: GoogleLevel, _ id: String) -> Resource? {
        state.withLock { $0[side, id] }
    }

    /// Adds a resource whose id must be new, an object only to a class of its kind.
    func insert(_ resource: Resource, maximum: Int) throws(WalletError) {
        try state.withLock { state throws(WalletError) in
            let id = resource.id.description
            guard state[resource.type.level, id] == nil else { throw .exists(resource.type.level, id) }
            if let classID = resource.classID {
                guard state.classes[classID]?.type.kind == resource.type.kind else { throw .notFound(.class, classID) }
            }
            guard state.classes.count + state.objects.count < maximum else { throw .backend }
            Self.add(resource, to: &state)
            onChange(resource)
        }
    }

    /// Stores a resource's next version; false when it was written meanwhile.
    func replace(_ resource: Resource) -> Bool {
        state.withLock { state in
            let id = resource.id.description
            guard let current = state[resource.type.level, id], current.version == resource.version - 1 else {
                return false
            }
            var next = resource
            next.holders = current.holders
            state[resource.type.level, id] = next
            onChange(next)
            return true
        }
    }

    /// Changes what is not content; nil when there is no such object.
    func change<Outcome>(_ id: String, _ change: (inout Resource) -> Outcome) -> Outcome? {
        state.withLock { state in
            guard var resource = state.objects[id] else { return nil }
            let outcome = change(&resource)
            state.objects[id] = resource
            onChange(resource)
            return outcome
        }
    }

    /// Puts a resource back as it was in an earlier run.
    func restore(_ resource: Resource) {
        state.withLock { state in
            let isKnown = state[resource.type.level, resource.id.description] != nil
            if isKnown {
                state[resource.type.level, resource.id.description] = resource
            } else {
                Self.add(resource, to: &state)
            }
        }
    }

    /// A part of the resources of one type that belong to an issuer or a class, and where the next part begins.
    func list(
        _ type: ResourceType, of owner: String, from start: Int, maximum: Int
    ) -> (resources: [Resource], next: Int?) {
        state.withLock { state in
            let ids = (type.level == .class ? state.classesOfIssuer : state.objectsOfClass)[owner] ?? []
            var resources: [Resource] = []
            var index = max(0, start)
            while index < ids.count {
                if let resource = state[type.level, ids[index]], resource.type == type {
                    guard resources.count < maximum else { return (resources, index) }
                    resources.append(resource)
                }
                index += 1
            }
            return (resources, nil)
        }
    }

    /// Every resource, classes first.
    func visitAll(_ body: (Resource) -> Void) {
        state.withLock { state in
            for resource in state.classes.values { body(resource) }
            for ids in state.objectsOfClass.values {
                for id in ids { if let resource = state.objects[id] { body(resource) } }
            }
        }
    }

    func removeAll() {
        state.withLock { $0 = State() }
    }

    private static func add(_ resource: Resource, to state: inout State) {
        let id = resource.id.description
        state[resource.type.level, id] = resource
        switch resource.type.level {
        case .class: state.classesOfIssuer[resource.id.issuerID, default: []].append(id)
        case .object: state.objectsOfClass[resource.classID ?? "", default: []].append(id)
        }
    }
}
