import Foundation
import MynahEvaluation

/// Why a table is not the one its card describes: one line.
public struct CardMismatch: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String
}

extension Card {
  /// Reads `card.json`.
  ///
  /// - Throws: `ExperimentError` where there is no such file, or it is no card.
  public init(path: String) throws(ExperimentError) {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw ExperimentError("there is no such file, or it cannot be read", at: Place(path), reason: .noSuchFile)
    }
    do {
      self = try JSONDecoder.forResults.decode(Card.self, from: bytes)
    } catch let error as DecodingError {
      throw ExperimentError("is no card: \(error.inOneLine)", at: Place(path))
    } catch {
      throw ExperimentError("is no card: it is no JSON", at: Place(path))
    }
    guard formatVersion == 1 else {
      throw ExperimentError("is a card of version \(formatVersion); this program knows version 1", at: Place(path))
    }
  }

  /// As `card.json` holds it.
  public func json() throws -> [UInt8] { Array(try JSONEncoder.forResults.encode(self)) + [UInt8(ascii: "\n")] }

  /// Makes sure that a file is the table of this card, byte by byte, and that it was released.
  ///
  /// - Parameter path: the synthetic table.
  /// - Throws: `CardMismatch` where it is not; `ExperimentError` where it cannot be read.
  public func check(table path: String) throws {
    let hash = try MynahExperiments.sha256(ofFile: path)
    guard hash == table.sha256 else {
      throw CardMismatch(
        description: "\(path): is not the table of the card, or was altered: its SHA-256 is \(hash), the card of "
          + "'\(name)' says \(table.sha256)")
    }
    guard released else {
      let failed = gates.filter { !$0.passed }.map(\.gate).joined(separator: ", ")
      throw CardMismatch(
        description: "\(path): was not released" + (failed.isEmpty ? ", as its card says" : "; it fails \(failed)"))
    }
  }

  /// Makes sure that a table is the one that the model learned.
  ///
  /// - Throws: `CardMismatch` where it is not.
  public func check(train: InputTable) throws(CardMismatch) {
    guard train.sha256 == source.train.sha256 else {
      throw CardMismatch(
        description: "\(train.path): is not the table that the card of '\(name)' was made from: its SHA-256 is "
          + "\(train.sha256), the card says \(source.train.sha256)")
    }
  }

  /// Makes sure that a holdout is the one that the card's measurements were made with, where they were made with a file.
  ///
  /// - Parameter path: of the holdout.
  /// - Throws: `CardMismatch` where it is not; `ExperimentError` where it cannot be read.
  public func check(holdout path: String) throws {
    guard path != "-", let known = source.holdout else { return }
    let hash = try MynahExperiments.sha256(ofFile: path)
    guard hash == known.sha256 else {
      throw CardMismatch(
        description: "\(path): is not the holdout of the card of '\(name)': its SHA-256 is \(hash), the card says "
          + "\(known.sha256)")
    }
  }

  /// What it says, in some lines for a reader.
  public func text(of path: String) -> String {
    var lines = [
      "\(path): is the table of the card of '\(name)', unaltered",
      "  \(table.rows) rows, \(table.columns.count) columns, made on \(created) by \(method.model) (\(method.program))"
        + (author.map { ", responsible: \($0)" } ?? ""),
      "  learned from \(source.train.name), \(source.train.rows) rows, SHA-256 \(source.train.sha256)",
    ]
    if let purpose {
      lines.append("  for: \(purpose.for.joined(separator: "; "))")
      if !purpose.against.isEmpty { lines.append("  not for: \(purpose.against.joined(separator: "; "))") }
    }
    lines.append("  privacy guarantee: \(privacyGuarantee.text)")
    for gate in gates { lines.append("  \(gate.text)") }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension PrivacyGuarantee {
  /// In a few words.
  var text: String {
    guard let epsilon else { return kind }
    return "\(kind), ε = \(epsilon)" + (delta.map { ", δ = \($0)" } ?? "")
  }
}
