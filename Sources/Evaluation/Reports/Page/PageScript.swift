import Crypto
import Foundation

/// The one script of a page, and the hash by which the page's policy lets it run, and nothing else.
struct PageScript {
  let text: String

  /// As a content security policy names it.
  var source: String { "'sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())'" }

  /// Opens everything that is folded before the page is printed, and folds it again.
  static let printing = """
    addEventListener('beforeprint', () => {
      for (const part of document.querySelectorAll('details:not([open])')) { part.open = true; part.dataset.folded = '' }
    })
    addEventListener('afterprint', () => {
      for (const part of document.querySelectorAll('details[data-folded]')) {
        part.open = false
        delete part.dataset.folded
      }
    })
    """

  static let report = PageScript(text: "'use strict'\n" + printing + "\n" + reviewing)
  static let comparison = PageScript(text: "'use strict'\n" + printing + "\n" + sorting)
}
