/// Lets a test and a transaction wait for each other.
actor Gate {
    private var isOpen = false
    private var isClosed = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func open() {
        isOpen = true
        wake()
    }

    func close() {
        isClosed = true
        wake()
    }

    func waitForOpen() async {
        while !isOpen { await withCheckedContinuation { waiters.append($0) } }
    }

    func waitForClose() async {
        while !isClosed { await withCheckedContinuation { waiters.append($0) } }
    }

    private func wake() {
        for waiter in waiters { waiter.resume() }
        waiters = []
    }
}
