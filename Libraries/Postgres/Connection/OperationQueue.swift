/// What is on its way on a connection, in the order in which the server answers.
struct OperationQueue {
    private var operations: [Operation?] = []
    private var head = 0

    var count: Int { operations.count - head }

    var isEmpty: Bool { count == 0 }

    var first: Operation? { isEmpty ? nil : operations[head] }

    mutating func append(_ operation: Operation) {
        operations.append(operation)
    }

    mutating func popFirst() -> Operation? {
        guard !isEmpty else { return nil }
        let operation = operations[head]
        operations[head] = nil
        head += 1
        if head == operations.count {
            operations.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 256 {
            operations.removeFirst(head)
            head = 0
        }
        return operation
    }

    /// Changes the first in place.
    mutating func withFirst(_ body: (inout Operation) -> Void) {
        guard !isEmpty, var operation = operations[head] else { return }
        operations[head] = nil
        body(&operation)
        operations[head] = operation
    }
}
