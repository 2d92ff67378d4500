import MynahTables

/// The column that models are to predict, and what an answer is.
struct LearningTarget {
  enum Task: Equatable {
    /// Levels, or whole numbers of few values; the names are those of the real training rows.
    case classes([String])
    case quantity
  }

  /// Whole numbers of more values than this are a quantity.
  static let mostWholeNumbers = 20
  /// Models of one target learn at most this many classes.
  static let mostClasses = 50

  let name: String
  let task: Task

  /// - Throws: `Inapplicable` for a target that is none, or none to learn; `TableError` for a column that is absent.
  init(_ name: String?, in train: Table) throws {
    guard let name else { throw Inapplicable("no target is named") }
    guard let index = train.schema.index(of: name) else {
      let hint = train.schema.nearestName(to: name).map { "; did you mean '\($0)'?" } ?? ""
      throw TableError("there is no column '\(name)'\(hint)")
    }
    guard train.schema.columns[index].kind != .identifier else {
      throw Inapplicable("the target '\(name)' is an identifier")
    }
    self.name = name
    task = try Self.task(of: train.columns[index], name)
  }

  private static func task(of column: Column, _ name: String) throws(Inapplicable) -> Task {
    let names: [String]
    switch column {
    case .timestamp: throw Inapplicable("the target '\(name)' is a time; a target has classes or is a number")
    case .continuous: return .quantity
    case .integer(let numbers, let validity):
      let values = Set(numbers.indices.lazy.filter { validity?[$0] ?? true }.map { numbers[$0] })
      if values.count > mostWholeNumbers { return .quantity }
      names = values.sorted().map(String.init)
    case .categorical(let codes, let levels, let validity):
      var seen = Array(repeating: false, count: levels.count)
      for row in codes.indices where validity?[row] ?? true && levels.indices.contains(Int(codes[row])) {
        seen[Int(codes[row])] = true
      }
      names = levels.indices.filter { seen[$0] }.map { levels[$0] }
    }
    guard names.count >= 2 else {
      throw Inapplicable("the target '\(name)' has \(names.isEmpty ? "no class" : "one class only") in the real table")
    }
    guard names.count <= mostClasses else {
      throw Inapplicable("the target '\(name)' has \(names.count) classes; at most \(mostClasses) are learned")
    }
    return .classes(names)
  }

  /// The place of each row's class among the names, −1 where it is missing or another. Whole numbers match by value,
  /// however they are stored.
  func codes(of column: Column) -> [Int32] {
    guard case .classes(let names) = task else { return [] }
    let places = Dictionary(uniqueKeysWithValues: zip(names, Int32(0)...))
    if case .categorical(let codes, let levels, let validity) = column {
      let byLevel = levels.map { places[$0] ?? -1 }
      return codes.indices.map { row in
        guard validity?[row] ?? true, byLevel.indices.contains(Int(codes[row])) else { return -1 }
        return byLevel[Int(codes[row])]
      }
    }
    return (column.numbersWithGaps() ?? []).map { number in
      Int64(exactly: number).flatMap { places[String($0)] } ?? -1
    }
  }

  /// Rows whose answer is known.
  func answered(in table: Table) throws(TableError) -> [Int] {
    guard let column = table[name] else { throw TableError("there is no column '\(name)'") }
    switch task {
    case .classes:
      let codes = codes(of: column)
      return codes.indices.filter { codes[$0] >= 0 }
    case .quantity:
      let numbers = column.numbersWithGaps() ?? []
      return numbers.indices.filter { numbers[$0].isFinite }
    }
  }
}
