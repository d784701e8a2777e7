/**
 * A network of arcs with capacity and cost, and the cheapest of its largest flows (primal-dual: cheapest paths by a
 * queue, then a blocking flow along them, so that the rounds are as few as there are different path costs).
 * Arc `a` and its way back `a ^ 1` are stored side by side; of a node's arcs the latest added is tried first.
 */
export class FlowNetwork {
  readonly #first: Int32Array
  #to = new Int32Array(64)
  #next = new Int32Array(64)
  #left = new Int32Array(64)
  #cost = new Float64Array(64)
  #arcs = 0

  constructor(nodes: number) {
    this.#first = new Int32Array(nodes).fill(-1)
  }

  /** Returns the arc's number, to ask for its flow later. Costs are whole and not negative. */
  addArc(from: number, to: number, capacity: number, cost: number): number {
    const arc = this.#arcs
    if (arc === this.#to.length) this.#grow()
    this.#arcs += 2
    this.#to[arc] = to
    this.#to[arc + 1] = from
    this.#left[arc] = capacity
    this.#cost[arc] = cost
    this.#cost[arc + 1] = -cost
    this.#next[arc] = this.#first[from]!
    this.#next[arc + 1] = this.#first[to]!
    this.#first[from] = arc
    this.#first[to] = arc + 1
    return arc
  }

  #grow(): void {
    const longer = <Numbers extends Int32Array | Float64Array>(empty: Numbers, full: Numbers): Numbers => {
      empty.set(full)
      return empty
    }
    const length = 2 * this.#to.length
    this.#to = longer(new Int32Array(length), this.#to)
    this.#next = longer(new Int32Array(length), this.#next)
    this.#left = longer(new Int32Array(length), this.#left)
    this.#cost = longer(new Float64Array(length), this.#cost)
  }

  /** Units that go through an arc after `run`. */
  flow(arc: number): number {
    return this.#left[arc ^ 1]!
  }

  /** Sends as much as possible from `source` to `sink` as cheaply as possible; returns how much that is. */
  run(source: number, sink: number): number {
    let total = 0
    for (;;) {
      const distance = this.#cheapest(source)
      if (distance[sink] === Infinity) return total
      for (;;) {
        const level = this.#levels(source, distance)
        if (level[sink] === -1) break
        total += this.#block(source, sink, distance, level)
      }
    }
  }

  /** Nodes that more could still be sent to: one side of a smallest cut. */
  reachable(source: number): boolean[] {
    const seen = Array.from<boolean>({ length: this.#first.length }).fill(false)
    const queue = [source]
    seen[source] = true
    for (const node of queue) {
      for (let arc = this.#first[node]!; arc !== -1; arc = this.#next[arc]!) {
        const to = this.#to[arc]!
        if (seen[to] || !this.#hasRoom(arc)) continue
        seen[to] = true
        queue.push(to)
      }
    }
    return seen
  }

  /** Cost of the cheapest way to each node (Bellman and Ford, with a queue). */
  #cheapest(source: number): Float64Array {
    const distance = new Float64Array(this.#first.length).fill(Infinity)
    const waiting = new Uint8Array(this.#first.length)
    const queue = [source]
    distance[source] = 0
    for (const node of queue) {
      waiting[node] = 0
      for (let arc = this.#first[node]!; arc !== -1; arc = this.#next[arc]!) {
        const to = this.#to[arc]!
        const cost = distance[node]! + this.#cost[arc]!
        if (cost >= distance[to]! || !this.#hasRoom(arc)) continue
        distance[to] = cost
        if (waiting[to] === 0) queue.push(to)
        waiting[to] = 1
      }
    }
    return distance
  }

  #hasRoom(arc: number): boolean {
    return this.#left[arc]! > 0
  }

  /** Whether an arc with room left lies on a cheapest way. */
  #isTight(arc: number, from: number, distance: Float64Array): boolean {
    return this.#hasRoom(arc) && distance[this.#to[arc]!] === distance[from]! + this.#cost[arc]!
  }

  #levels(source: number, distance: Float64Array): Int32Array {
    const level = new Int32Array(this.#first.length).fill(-1)
    const queue = [source]
    level[source] = 0
    for (const node of queue) {
      for (let arc = this.#first[node]!; arc !== -1; arc = this.#next[arc]!) {
        const to = this.#to[arc]!
        if (level[to] !== -1 || !this.#isTight(arc, node, distance)) continue
        level[to] = level[node]! + 1
        queue.push(to)
      }
    }
    return level
  }

  /** Fills the cheapest, shortest ways one unit at a time until none is left (Dinic). */
  #block(source: number, sink: number, distance: Float64Array, level: Int32Array): number {
    const current = this.#first.slice()
    const path: number[] = []
    let sent = 0
    let node = source
    for (;;) {
      if (node === sink) {
        for (const arc of path) {
          this.#left[arc]!--
          this.#left[arc ^ 1]!++
        }
        sent++
        path.length = 0
        node = source
      }
      let arc = current[node]!
      while (arc !== -1 && !(level[this.#to[arc]!] === level[node]! + 1 && this.#isTight(arc, node, distance)))
        arc = this.#next[arc]!
      current[node] = arc
      if (arc !== -1) {
        path.push(arc)
        node = this.#to[arc]!
        continue
      }
      const back = path.pop()
      if (back === undefined) return sent
      node = this.#to[back ^ 1]!
      current[node] = this.#next[back]!
    }
  }
}
