/// `transform` of 0, 1, … `count - 1`, computed on all threads, in order.
package func parallelMap<Result>(_ count: Int, _ transform: (Int) -> Result) -> [Result] {
  Array(unsafeUninitializedCapacity: count) { buffer, initialized in
    let results = buffer
    parallelFor(count) { index in results.initializeElement(at: index, to: transform(index)) }
    initialized = count
  }
}
