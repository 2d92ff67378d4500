// The page of `HTMLReport`, in Mustache: `{{name}}` is escaped text, and there is no unescaped tag in it. What is nil is looked
// for in the enclosing part, so that a name that may be nil occurs in one part only.

let reportTemplate = pageFrame(
  style: ScoresSection.style + "\n" + ReviewSection.style, script: .report,
  body: """
    <a class="skip" href="#verdict">To the verdict</a>
    \(pageHeader)
    {{#isConfidentialPage}}<p class="notice"><strong>Confidential.</strong> This page shows \
    <a href="#rows">records of the real table</a>.</p>{{/isConfidentialPage}}
    <nav aria-label="Parts of the report"><ul>
    {{#links}}<li><a href="#{{anchor}}">{{text}}</a></li>
    {{/links}}</ul></nav>
    <main>
    \(VerdictSection.template)\(GatesSection.template)\(ScoresSection.template)\(ColumnsSection.template)\
    \(DependenceSection.template)\(PairsSection.template)\(DistancesSection.template)\(CurvesSection.template)\
    \(ReviewSection.template)\(TrainingSection.template)\(CardSection.template)\(provenanceTemplate)</main>
    """)
