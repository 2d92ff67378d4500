import Testing

@testable import MynahCLI

/// Names with commas, equals signs and quotes.
@Suite struct FieldListTests {
  @Test(arguments: [
    ("a,b", ["a", "b"]), ("a", ["a"]), ("\"a,b\",c", ["a,b", "c"]), ("\"say \"\"x\"\"\"", ["say \"x\""]),
    ("a b, c", ["a b", " c"]), ("x=y", ["x=y"]),
  ]) func fieldsAreThoseOfACSVLine(_ text: String, _ fields: [String]) {
    #expect(FieldList(argument: text)?.fields == fields)
  }

  @Test(arguments: ["", "a,,b", "a,", "\"a", "a\"b\"", "\"a\"b", "\"a\"\"", "\"a\"b\"c\""])
  func otherTextsAreNoFields(_ text: String) { #expect(FieldList(argument: text) == nil) }

  @Test(
    arguments: [
      ("A=1,B=20", ["A": 1, "B": 20]), ("\"a,b\"=5,\"x=y\"=3", ["a,b": 5, "x=y": 3]), ("<=50K=3", ["<=50K": 3]),
      ("\"<=50K\"=3", ["<=50K": 3]), ("\"x=3\"", nil), ("A=0", ["A": 0]), ("A=-1", nil), ("A", nil), ("A=", nil),
      ("=3", nil),
      ("\"\"=3", ["": 3]), ("A=1,A=2", nil), ("A=1,", nil), ("A=1e3", nil), ("A=1.5", nil),
    ] as [(String, [String: Int]?)]) func countsAreByName(_ text: String, _ counts: [String: Int]?)
  {
    #expect(CountList(argument: text)?.counts == counts)
  }
}
