import Foundation

/// A JSON file of the folder `Golden`, made by `make_golden.py`.
func golden<Contents: Decodable>(_ name: String, as type: Contents.Type) throws -> Contents {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
  return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name)))
}
