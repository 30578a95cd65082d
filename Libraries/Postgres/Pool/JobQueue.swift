/// Jobs in the order of their arrival; all have the same patience, so the first is the first to lose it.
struct JobQueue {
    private var jobs: [Job?] = []
    private var head = 0

    var count: Int { jobs.count - head }

    var isEmpty: Bool { count == 0 }

    mutating func append(_ job: Job) {
        jobs.append(job)
    }

    mutating func popFirst() -> Job? {
        guard head < jobs.count else { return nil }
        let job = jobs[head]
        jobs[head] = nil
        head += 1
        // Room is given back in long strides, so that taking the first costs no copying.
        if head == jobs.count {
            jobs.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 1024 {
            jobs.removeFirst(head)
            head = 0
        }
        return job
    }

    mutating func popExpired(now: Int64) -> [Job] {
        var expired: [Job] = []
        while head < jobs.count, let first = jobs[head], first.deadline <= now, let job = popFirst() {
            expired.append(job)
        }
        return expired
    }

    mutating func remove(_ job: Job) {
        guard let index = jobs[head...].firstIndex(where: { $0 === job }) else { return }
        jobs.remove(at: index)
    }

    mutating func removeAll() -> [Job] {
        let all = jobs[head...].compactMap { $0 }
        jobs.removeAll()
        head = 0
        return all
    }
}
