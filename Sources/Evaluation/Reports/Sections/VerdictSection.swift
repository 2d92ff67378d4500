/// The verdict in words, at the top of a report.
struct VerdictSection {
  let lead: Line
  let parts: [Part]

  struct Line {
    let standing: String
    let word: String
    let text: String

    init(_ sentence: VerdictSentence) {
      (standing, word, text) = (sentence.standing.rawValue, sentence.standing.word, sentence.text)
    }
  }
  struct Part {
    let heading: String
    let lines: [Line]
  }

  init(_ verdict: Verdict) {
    lead = Line(verdict.headline)
    parts = [
      ("Release", verdict.release), ("Likeness and use", verdict.likeness), ("Privacy", verdict.privacy),
    ].filter { !$0.1.isEmpty }.map { Part(heading: $0, lines: $1.map(Line.init)) }
  }

  static let template = """
    {{#verdict}}<section aria-labelledby="verdict">
    <h2 id="verdict">Verdict</h2>
    {{#lead}}<p class="lead {{standing}}"><strong>{{word}}.</strong> {{text}}</p>{{/lead}}
    {{#parts}}<h3>{{heading}}</h3>
    <ul class="verdicts">
    {{#lines}}<li><span class="badge {{standing}}">{{word}}</span><span>{{text}}</span></li>
    {{/lines}}</ul>
    {{/parts}}</section>
    {{/verdict}}
    """
}
