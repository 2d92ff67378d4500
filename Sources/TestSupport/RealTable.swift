import Foundation

/// Where a table of the literature is: in `$MYNAH_DATASETS`, else in `shared/data` beside the package; nil where it is in
/// neither. The repository holds none of them, and tests that use one are skipped without it:
///
/// ```swift
/// @Test(.enabled(if: realTable("adult_test.csv") != nil, needsRealTables))
/// ```
package func realTable(_ name: String) -> String? {
  let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let folders: [String?] = [
    ProcessInfo.processInfo.environment["MYNAH_DATASETS"],
    package.deletingLastPathComponent().appending(path: "shared/data").path,
  ]
  return folders.compactMap { $0.map { "\($0)/\(name)" } }.first { FileManager.default.fileExists(atPath: $0) }
}

/// Why a test is skipped where `realTable` finds nothing.
package let needsRealTables = "the table is neither in $MYNAH_DATASETS nor in ../shared/data"
