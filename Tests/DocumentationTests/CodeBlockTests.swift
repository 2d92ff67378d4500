import Foundation
import Testing

/// Swift code in the guides, the README and the tutorials is code of the examples, which are built and run: it cannot rot.
///
/// A block names its file in the comment before it, `<!-- Examples/03-ctgan/main.swift -->`, and may leave out lines where
/// it says `// …`.
@Suite struct CodeBlockTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The texts whose code is checked, as paths below the package's folder.
  static let texts: [String] = {
    let manager = FileManager.default
    let guides = ((try? manager.contentsOfDirectory(atPath: root.path + "/Documentation")) ?? [])
      .filter { $0.hasPrefix("Adding-") }.map { "Documentation/" + $0 }
    let articles = (manager.subpaths(atPath: root.path + "/Sources") ?? [])
      .filter { $0.contains(".docc/") && $0.hasSuffix(".md") }.map { "Sources/" + $0 }
    return (["README.md"] + guides + articles).sorted()
  }()

  @Test func thereAreTexts() {
    #expect(Self.texts.filter { $0.hasPrefix("Documentation/Adding-") }.count >= 5)
    #expect(Self.texts.count { $0.contains("/MynahTutorials") || $0.contains(".docc/") } >= 8)
  }

  @Test(arguments: texts) func blocksAreCodeOfTheExamples(_ text: String) throws {
    let lines = try String(contentsOf: Self.root.appending(path: text), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for block in blocks(lines) {
      guard let source = block.source else {
        Issue.record("\(text):\(block.line): a block of Swift without the comment that names its file")
        continue
      }
      let code = try String(contentsOf: Self.root.appending(path: source), encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false).map(trimmed)
      var rest = code[...]
      for piece in block.code.split(separator: "// …") {
        guard let found = rest.indices.first(where: { rest[$0...].starts(with: piece) }) else {
          Issue.record("\(text):\(block.line): not in \(source): \(piece.first { $0 != "" } ?? "")")
          break
        }
        rest = rest[(found + piece.count)...]
      }
    }
  }

  private struct Block {
    var line: Int
    var source: String?
    /// Without indentation: a block may show the inside of something.
    var code: [String] = []
  }

  private func trimmed(_ line: some StringProtocol) -> String { line.trimmingCharacters(in: .whitespaces) }

  private func blocks(_ lines: [String]) -> [Block] {
    var found: [Block] = []
    var open: Block?
    for (index, line) in lines.enumerated() {
      if let block = open {
        if trimmed(line) == "```" {
          found.append(block)
          open = nil
        } else {
          open?.code.append(trimmed(line))
        }
      } else if trimmed(line) == "```swift" {
        let before = index > 0 ? trimmed(lines[index - 1]) : ""
        let isSource = before.hasPrefix("<!-- ") && before.hasSuffix(" -->")
        open = Block(line: index + 1, source: isSource ? String(before.dropFirst(5).dropLast(4)) : nil)
      }
    }
    return found
  }
}
