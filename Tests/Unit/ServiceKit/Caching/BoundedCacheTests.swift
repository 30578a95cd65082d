import ServiceKit
import Testing

@Suite struct BoundedCacheTests {
    @Test("drops what was used longest ago, and never costs more than allowed")
    func drops() {
        let cache = BoundedCache<String, Int>(maximumCost: 10)
        cache.insert(1, for: "a", cost: 4)
        cache.insert(2, for: "b", cost: 4)
        #expect(cache.value(for: "a") == 1)
        cache.insert(3, for: "c", cost: 4)
        #expect(cache.value(for: "b") == nil)
        #expect(cache.value(for: "a") == 1)
        #expect(cache.value(for: "c") == 3)
        #expect(cache.cost == 8)
    }

    @Test("replaces a value with its cost, and keeps none that alone costs too much")
    func replaces() {
        let cache = BoundedCache<String, Int>(maximumCost: 10)
        cache.insert(1, for: "a", cost: 9)
        cache.insert(2, for: "a", cost: 2)
        #expect(cache.value(for: "a") == 2)
        #expect(cache.cost == 2)
        cache.insert(3, for: "b", cost: 11)
        #expect(cache.value(for: "b") == nil)
        #expect(cache.value(for: "a") == 2)
    }

    @Test("agrees with a plain model over thousands of random steps")
    func model() {
        let cache = BoundedCache<Int, Int>(maximumCost: 50)
        var model: [(key: Int, value: Int, cost: Int)] = []
        var generator = SystemRandomNumberGenerator()
        for step in 0..<5_000 {
            let key = Int.random(in: 0..<20, using: &generator)
            if Bool.random(using: &generator) {
                let cost = Int.random(in: 1...20, using: &generator)
                cache.insert(step, for: key, cost: cost)
                model.removeAll { $0.key == key }
                model.append((key, step, cost))
                while model.reduce(0, { $0 + $1.cost }) > 50 { model.removeFirst() }
            } else {
                let index = model.firstIndex { $0.key == key }
                #expect(cache.value(for: key) == index.map { model[$0].value })
                if let index { model.append(model.remove(at: index)) }
            }
        }
        #expect(cache.cost == model.reduce(0) { $0 + $1.cost })
    }
}
