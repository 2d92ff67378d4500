import Foundation
import MynahTables
import Yams

extension Setting {
  /// Reads one YAML document. `file` is named in errors.
  ///
  /// - Throws: `ExperimentError` with line and column for text that is not YAML, and for a key that stands twice.
  init(yaml: String, file: String) throws(ExperimentError) {
    let node: Node?
    do {
      node = try compose(yaml: yaml)
    } catch {
      throw ExperimentError(yaml: error, file: file, text: yaml)
    }
    guard let node else { throw ExperimentError("the file is empty; expected 'key: value' lines", at: Place(file)) }
    var budget = 100_000
    self = try Setting(node, file: file, budget: &budget)
  }

  /// Reads a file.
  init(path: String) throws(ExperimentError) {
    var isFolder: ObjCBool = false
    let place = Place(path)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ExperimentError("no such file", at: place, reason: .noSuchFile)
    }
    guard !isFolder.boolValue else {
      throw ExperimentError("this is a folder; name a YAML file", at: place, reason: .noSuchFile)
    }
    // `FileHandle` reads pipes too.
    guard let data = (try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)).readToEnd() ?? Data()) else {
      throw ExperimentError("cannot be read", at: place, reason: .noSuchFile)
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw ExperimentError("not UTF-8", at: place)
    }
    try self.init(yaml: text, file: path)
  }

  /// Aliases copy what they refer to, and a few lines of them can stand for billions of values: hence the budget.
  private init(_ node: Node, file: String, budget: inout Int) throws(ExperimentError) {
    let place = Place(file, line: node.mark?.line, column: node.mark?.column)
    budget -= 1
    guard budget >= 0 else { throw ExperimentError("the file holds more than 100,000 values", at: place) }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      self.init(.scalar(scalar.string, isQuoted: !isPlain), at: place)
    case .sequence(let sequence):
      var values: [Setting] = []
      for value in sequence { values.append(try Setting(value, file: file, budget: &budget)) }
      self.init(.sequence(values), at: place)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        guard case .scalar(let name) = key else { throw ExperimentError("a key has to be a word", at: place) }
        let keyPlace = Place(file, line: key.mark?.line, column: key.mark?.column)
        entries.append(
          Entry(key: name.string, place: keyPlace, value: try Setting(value, file: file, budget: &budget)))
      }
      self.init(.mapping(entries), at: place)
    case .alias: throw ExperimentError("an alias refers to nothing", at: place)
    }
  }
}

extension ExperimentError {
  /// A parser's complaint as one line.
  fileprivate init(yaml error: any Error, file: String, text: String) {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let during = context.map { "\($0.text): " } ?? ""
      self.init("not YAML: \(during)\(problem)", at: Place(file, line: mark.line, column: mark.column))
    case .reader(let problem, let offset, _, _):
      let line = offset.map { text.prefix($0).split(separator: "\n", omittingEmptySubsequences: false).count }
      self.init("not YAML: \(problem)", at: Place(file, line: line))
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.first ?? ""
      self.init("'\(key)' stands there twice", at: Place.ofSecond(key, after: context.mark, in: text, file: file))
    default: self.init("not YAML: \(error)", at: Place(file))
    }
  }
}

extension Place {
  /// The parser names the mapping only: the second line that begins with `key` in the mapping's column is the one.
  fileprivate static func ofSecond(_ key: String, after mark: Mark, in text: String, file: String) -> Place {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var seen = 0
    for (index, line) in lines.enumerated() where index + 1 >= mark.line {
      let column = mark.column - 1
      // The first line of a mapping in a list begins after the dash, hence the drop and not a count of blanks.
      guard line.count >= column, line.dropFirst(column).hasPrefix(key + ":") else { continue }
      seen += 1
      if seen == 2 { return Place(file, line: index + 1, column: mark.column) }
    }
    return Place(file, line: mark.line, column: mark.column)
  }
}
