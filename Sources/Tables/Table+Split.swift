import MynahRandomness

extension Table {
  /// The rows in random order.
  public func shuffled(using random: inout RandomSource) -> Table {
    gathering(Array(0..<rowCount).shuffled(using: &random))
  }

  /// Cuts the table in two at random: `fraction` of the rows (rounded, 0...1), and the rest. Both keep the rows in the
  /// table's order.
  ///
  /// With `stratifiedBy` a discrete column, each of its levels (and missing) is cut by itself, so that both parts hold it
  /// in the same share; the fractions left over go to the levels with the largest remainders.
  /// - Throws: `TableError` when there is no such column, or it is not discrete, or the fraction is not in 0...1.
  public func split(
    fraction: Double, stratifiedBy name: String? = nil, using random: inout RandomSource
  ) throws(TableError) -> (first: Table, second: Table) {
    guard (0...1).contains(fraction) else {
      throw TableError("the fraction of a split must lie in 0...1, not \(fraction)")
    }
    let groups = try rowGroups(name)
    let total = Int((Double(rowCount) * fraction).rounded())
    var sizes = groups.map { Int(Double($0.count) * fraction) }
    let remainders = groups.indices.sorted { a, b in
      let (left, right) = (
        Double(groups[a].count) * fraction - Double(sizes[a]), Double(groups[b].count) * fraction - Double(sizes[b])
      )
      return left != right ? left > right : a < b
    }
    var open = total - sizes.reduce(0, +)
    for group in remainders where open > 0 && sizes[group] < groups[group].count {
      sizes[group] += 1
      open -= 1
    }
    var isFirst = Array(repeating: false, count: rowCount)
    for (group, size) in zip(groups, sizes) {
      for row in group.shuffled(using: &random).prefix(size) { isFirst[row] = true }
    }
    return (
      gathering((0..<rowCount).filter { isFirst[$0] }), gathering((0..<rowCount).filter { !isFirst[$0] })
    )
  }

  /// All rows in one group, or one group for each level of a column.
  private func rowGroups(_ name: String?) throws(TableError) -> [[Int]] {
    guard let name else { return [Array(0..<rowCount)] }
    guard let column = self[name] else { throw CSVReader.noColumn(name, schema.columns.map(\.name), file: nil) }
    guard case .categorical(let codes, let levels, _) = column else {
      throw TableError("column '\(name)' is not discrete, so a split cannot be stratified by it")
    }
    var groups = Array(repeating: [Int](), count: levels.count + 1)
    for row in 0..<rowCount {
      groups[column.isMissing(row) ? levels.count : Int(codes[row])].append(row)
    }
    return groups.filter { !$0.isEmpty }
  }
}
