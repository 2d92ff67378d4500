import MynahRandomness
import MynahTables
import Testing

@testable import MynahOversamplers

/// What goes beyond interpolating numbers.
@Suite struct MixedTableTests {
  private func balanced(
    _ table: Table, _ request: BalanceRequest = BalanceRequest(target: "y"), _ method: any Resampler = SMOTENC()
  ) throws -> (result: ResampledTable, whole: Table) {
    var random = RandomSource(seed: 5)
    let result = try method.resampled(table, request, using: &random)
    return (result, try result.table())
  }

  @Test func valuesKeepTheirKindAndRange() throws {
    let table = try Tables.mixed(300, 60)
    let (result, whole) = try balanced(table)
    #expect(result.addedCount == 240)
    for (row, origin) in result.origins.enumerated() {
      let (base, partner, own) = (try #require(origin.base), try #require(origin.neighbor), 360 + row)
      for name in ["visits", "day"] {
        let ends = [table.number(name, base), table.number(name, partner)].sorted()
        let value = whole.number(name, own)
        #expect(value == value.rounded() && value >= ends[0] && value <= ends[1])
      }
      // Missing only where a parent is.
      if whole.columns[0].isMissing(own) {
        #expect(table.columns[0].isMissing(base) || table.columns[0].isMissing(partner))
      } else {
        #expect(!table.columns[0].isMissing(base) || !table.columns[0].isMissing(partner))
      }
    }
    let missing = (360..<600).count { whole.columns[0].isMissing($0) }
    #expect(missing > 0 && missing < 100)
    #expect(result.notices.contains { $0.contains("'id' holds identifiers") })
    #expect(whole.text("id", 360) == "synthetic-1" && whole.text("id", 599) == "synthetic-240")
  }

  @Test func columnsKeptTogetherComeFromOneParent() throws {
    let table = try Tables.mixed(300, 60)
    var request = BalanceRequest(target: "y", keepTogether: [["city", "country", "visits"]])
    let (result, whole) = try balanced(table, request)
    func values(_ table: Table, _ row: Int) -> [String] {
      [table.text("city", row) ?? "", table.text("country", row) ?? "", "\(table.number("visits", row))"]
    }
    for (row, origin) in result.origins.enumerated() {
      let (base, partner) = (try #require(origin.base), try #require(origin.neighbor))
      let own = values(whole, 360 + row)
      #expect(own == values(table, base) || own == values(table, partner))
    }
    request.keepTogether = []
    let (_, apart) = try balanced(table, request)
    #expect((360..<600).contains { Int(apart.code("city", $0)) / 2 != Int(apart.code("country", $0)) })
  }

  /// The level that most of the base's neighbours have; the base does not vote.
  @Test func categoriesAreVotedOn() throws {
    let table = try Tables.mixed(300, 60)
    let (result, whole) = try balanced(table)
    let rows = try #require(result.added as? RecipeRows)
    let segment = rows.segments[0]
    let voters = try #require(segment.voters)
    #expect(voters.k == 5)
    for place in 0..<segment.count {
      var votes: [String: Int] = [:]
      for voter in voters.of(place) { votes[table.text("city", Int(voter)) ?? "", default: 0] += 1 }
      let chosen = whole.text("city", 360 + place) ?? ""
      #expect(votes[chosen] == votes.values.max())
      #expect(!voters.of(place).contains(segment.bases[place]))
    }
  }

  @Test func baseHandlingTakesTheBasesCategories() throws {
    let table = try Tables.mixed(300, 60)
    var smote = SMOTE()
    smote.categorical = .base
    let (result, whole) = try balanced(table, BalanceRequest(target: "y"), smote)
    for (row, origin) in result.origins.enumerated() {
      #expect(whole.text("city", 360 + row) == table.text("city", try #require(origin.base)))
    }
  }

  @Test func voteHandlingIsSMOTENC() throws {
    let table = try Tables.mixed(300, 60)
    var smote = SMOTE()
    smote.categorical = .vote
    #expect(try balanced(table, BalanceRequest(target: "y"), smote).whole == balanced(table).whole)
  }

  @Test func tablesOfOneKindAreBalancedAndItIsSaid() throws {
    let numbers = try Tables.blobs([200, 40])
    #expect(try balanced(numbers).result.notices == ["there is no categorical column: balanced as by smote"])
    let mixed = try Tables.mixed(300, 60)
    let categories = try Table(
      schema: Schema([3, 4, 6].map { mixed.schema.columns[$0] }), columns: [3, 4, 6].map { mixed.columns[$0] })
    let (result, whole) = try balanced(categories)
    #expect(result.notices == ["there is no numeric column: balanced by smoten, which is for categories only"])
    #expect(whole.classCounts("y") == ["no": 300, "yes": 300])
  }

  @Test func duplicatesAndConstantColumnsAreHarmless() throws {
    let table = try Table(
      schema: Schema([
        ColumnSchema(name: "c", kind: .continuous), ColumnSchema(name: "k", kind: .categorical),
        ColumnSchema(name: "y", kind: .boolean),
      ]),
      columns: [
        .continuous(Array(repeating: 4, count: 50), nil),
        .categorical(codes: Array(repeating: 0, count: 50), levels: ["only"], nil),
        .categorical(codes: (0..<50).map { $0 < 40 ? 0 : 1 }, levels: ["0", "1"], nil),
      ])
    for method in [SMOTENC(), SMOTETomek(), RandomOversampler()] as [any Resampler] {
      let (_, whole) = try balanced(table, BalanceRequest(target: "y"), method)
      #expect(whole.classCounts("y")["1"] == 40)
      #expect((0..<whole.rowCount).allSatisfy { whole.number("c", $0) == 4 })
    }
  }

  /// A bin's new rows have targets between those of their parents.
  @Test func numbersAreBalancedByBins() throws {
    var random = RandomSource(seed: 6)
    let x = (0..<300).map { _ in random.normal() }
    let y = x.map { $0 * $0 * 3 + random.uniform() }
    let table = try Table(
      schema: Schema(["x", "y"].map { ColumnSchema(name: $0, kind: .continuous) }),
      columns: [.continuous(x, nil), .continuous(y, nil)])
    let request = BalanceRequest(target: "y", strategy: .counts(["bin 2": 250]), bins: 3)
    let classes = try TargetClasses(table, target: "y", bins: 3)
    #expect(classes.names == ["bin 1", "bin 2", "bin 3"])
    let (result, whole) = try balanced(table, request, SMOTE())
    #expect(result.addedCount == 250 - classes.counts[1] && result.addedCount > 0)
    for (row, origin) in result.origins.enumerated() {
      let (base, partner) = (try #require(origin.base), try #require(origin.neighbor))
      #expect(classes.labels[base] == 1 && classes.labels[partner] == 1)
      let ends = [y[base], y[partner]].sorted()
      #expect(whole.number("y", 300 + row) >= ends[0] && whole.number("y", 300 + row) <= ends[1])
    }
  }

  /// Also where a partner is of another bin, or a step leads outwards.
  @Test func rowsStayInTheirBin() throws {
    var random = RandomSource(seed: 6)
    let x = (0..<300).map { _ in random.normal() }
    let y = x.map { $0 * $0 * 3 + random.uniform() * 4 }
    let table = try Table(
      schema: Schema(["x", "y"].map { ColumnSchema(name: $0, kind: .continuous) }),
      columns: [.continuous(x, nil), .continuous(y, nil)])
    var borderline = BorderlineSMOTE()
    borderline.variant = .borderline2
    for method in [borderline, SVMSMOTE()] as [any Resampler] {
      let classes = try TargetClasses(table, target: "y", bins: 3)
      let request = BalanceRequest(target: "y", strategy: .counts(["bin 2": 250]), bins: 3)
      let (result, whole) = try balanced(table, request, method)
      let own = classes.rows[1].map { y[$0] }
      #expect(result.addedCount > 0)
      for row in 300..<whole.rowCount {
        #expect(whole.number("y", row) >= own.min() ?? 0 && whole.number("y", row) <= own.max() ?? 0)
      }
    }
  }

  @Test func noiseLeavesColumnsKeptTogetherAlone() throws {
    let table = try Tables.mixed(100, 20)
    var method = RandomOversampler()
    method.shrinkage = 1
    let (result, whole) = try balanced(
      table, BalanceRequest(target: "y", keepTogether: [["visits", "city"]]), method)
    for (row, origin) in result.origins.enumerated() {
      #expect(whole.number("visits", 120 + row) == table.number("visits", try #require(origin.base)))
    }
  }

  @Test func emptyColumnsAreLeftOut() throws {
    let blobs = try Tables.blobs([60, 20])
    let table = try Table(
      schema: Schema(blobs.schema.columns + [ColumnSchema(name: "z", kind: .categorical)]),
      columns: blobs.columns + [
        .categorical(codes: Array(repeating: -1, count: 80), levels: [], Validity(count: 80, allPresent: false))
      ])
    let (result, whole) = try balanced(table, BalanceRequest(target: "y"), SMOTE())
    #expect(whole.columns[4].missingCount == 120)
    #expect(result.notices == ["column 'z' has no value in any row: it is left out of distances"])
  }

  @Test func cleanersLeaveRealRowsInOrder() throws {
    let table = try Tables.blobs([200, 50])
    for method in [TomekLinks(), EditedNearestNeighbours(), RandomUndersampler()] as [any Resampler] {
      let (result, whole) = try balanced(table, BalanceRequest(target: "y"), method)
      #expect(result.addedCount == 0 && result.kept.count < 250)
      #expect(result.kept == result.kept.sorted())
      #expect(whole == table.gathering(result.kept))
      #expect(whole.classCounts("y")["b"] == 50)
    }
    #expect(
      try balanced(table, BalanceRequest(target: "y"), RandomUndersampler()).whole.classCounts("y") == [
        "a": 50, "b": 50,
      ])
  }

  /// After the removal no two rows of different classes are each other's nearest, of those there were.
  @Test func combinationsRemoveOfBothKinds() throws {
    let table = try Tables.blobs([200, 50])
    let (result, whole) = try balanced(table, BalanceRequest(target: "y"), SMOTEENN())
    #expect(result.kept.count < 250 && result.addedCount < 150 && result.addedCount > 0)
    #expect(whole.gathering(Array(0..<result.kept.count)) == table.gathering(result.kept))
    #expect(result.origins.allSatisfy { $0.method == "smote-enn" && $0.base != nil })
  }
}

extension Table {
  fileprivate func code(_ name: String, _ row: Int) -> Int32 {
    guard case .categorical(let codes, _, _) = self[name] else { return -1 }
    return codes[row]
  }
}
