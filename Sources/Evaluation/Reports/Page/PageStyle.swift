/// The style of every report: light and dark, on paper, and on narrow screens, where tables scroll by themselves and the page
/// does not.
let pageStyle = """
  :root { color-scheme: light dark; --ground: #fff; --raised: #f4f6f8; --ink: #1c2024; --soft: #5a6066; --rule: #d4d8dc;
    --real: #8fb4e0; --synthetic: #c24e00; --second: #1f5fae; --third: #00796b; --fourth: #8e24aa; --good: #1b6e3c;
    --mixed: #7a5200; --bad: #b3261e; --link: #1f5fae; --cold: #1f5fae; --warm: #c24e00; }
  @media (prefers-color-scheme: dark) { :root { --ground: #16191c; --raised: #20252a; --ink: #e6e8ea; --soft: #a8aeb4;
    --rule: #3c4248; --real: #3f6797; --synthetic: #ff9d57; --second: #8fb4e0; --third: #4db6ac; --fourth: #ce93d8;
    --good: #7bd099; --mixed: #f0c060; --bad: #ff9a90; --link: #9cc3f5; --cold: #6aa9f5; --warm: #ff9d57; } }
  @media print { :root { color-scheme: light; --ground: #fff; --raised: #fff; --ink: #000; --soft: #444; --rule: #bbb;
    --real: #8fb4e0; --synthetic: #c24e00; --second: #1f5fae; --third: #00796b; --fourth: #8e24aa; --good: #1b6e3c;
    --mixed: #7a5200; --bad: #b3261e; --link: #000; --cold: #1f5fae; --warm: #c24e00; } }
  * { box-sizing: border-box; }
  body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--ink);
    font: 16px/1.5 system-ui, sans-serif; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 1rem; overflow-wrap: anywhere; }
  h2 { font-size: 1.3rem; line-height: 1.3; margin: 3rem 0 .5rem; }
  h3 { font-size: 1.05rem; margin: 1.75rem 0 .4rem; overflow-wrap: anywhere; }
  p { max-width: 48rem; }
  small, .note, dt, thead th { color: var(--soft); font-size: .85rem; font-weight: normal; }
  th small, td small { display: block; }
  a { color: var(--link); }
  :focus-visible { outline: 3px solid var(--second); outline-offset: 2px; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .skip { position: absolute; left: 1rem; top: -4rem; background: var(--ground); padding: .5rem 1rem; }
  .skip:focus { top: .5rem; }
  nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 1.25rem 0 0; padding: 0; }
  .facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0; }
  .facts dd { margin: 0; overflow-wrap: anywhere; }
  .notice { border: 2px solid var(--bad); border-radius: .4rem; padding: .6rem 1rem; }
  .lead { font-size: 1.15rem; border-left: .35rem solid var(--soft); padding: .2rem 0 .2rem .9rem; }
  .lead.good { border-color: var(--good); } .lead.mixed { border-color: var(--mixed); }
  .lead.bad { border-color: var(--bad); }
  .verdicts { list-style: none; padding: 0; margin: .75rem 0; }
  .verdicts li { display: grid; grid-template-columns: 5.5rem 1fr; gap: .75rem; margin: .45rem 0; max-width: 52rem;
    overflow-wrap: anywhere; }
  .badge { align-self: start; border: 1px solid currentColor; border-radius: .4rem; padding: 0 .5rem; font-size: .85rem;
    color: var(--soft); text-align: center; white-space: nowrap; }
  .badge.good, .badge.helps { color: var(--good); } .badge.mixed { color: var(--mixed); }
  .badge.bad, .badge.hurts { color: var(--bad); }
  .scores { display: flex; flex-wrap: wrap; gap: .75rem; }
  .score { flex: 1 1 12rem; border: 1px solid var(--rule); border-radius: .4rem; padding: .75rem 1rem; }
  .score span, .score strong { display: block; }
  .score strong { font-size: 1.9rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
  .wide { overflow-x: auto; max-width: 100%; position: relative; }
  table { border-collapse: collapse; width: 100%; }
  caption { text-align: left; color: var(--soft); font-size: .85rem; padding: .25rem 0; }
  th, td { border-bottom: 1px solid var(--rule); padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; }
  tbody th, tfoot th { font-weight: 600; overflow-wrap: anywhere; min-width: 9rem; max-width: 18rem; }
  .figure { font-variant-numeric: tabular-nums; }
  .reason { max-width: 16rem; }
  @media (min-width: 60rem), print { .metrics thead th:nth-child(1) { width: 34%; } .metrics thead th:nth-child(2) { width: 24%; } }
  .value { overflow-wrap: anywhere; }
  details { margin: .2rem 0; }
  summary { cursor: pointer; }
  details.more summary { color: var(--soft); font-size: .85rem; font-weight: normal; }
  .plain tbody th { min-width: 9.5rem; }
  .key { display: inline-block; width: 1.4rem; height: .7rem; margin-left: 1rem; }
  .key:first-child { margin-left: 0; }
  .key.real { background: var(--real); }
  .key.synthetic { background: none; border: 2px solid var(--synthetic); }
  \(pictureStyle)
  td .narrow { display: none; }
  @media screen and (max-width: 40rem) {
    h1 { font-size: 1.4rem; }
    .verdicts li { grid-template-columns: 1fr; gap: .1rem; } .badge { justify-self: start; }
    .columns > thead, .metrics > thead { display: none; } td .narrow { display: block; }
    .columns > tbody > tr, .metrics > tbody > tr { display: grid; grid-template-columns: 1fr 1fr 1fr;
      border-bottom: 1px solid var(--rule); }
    .columns > tbody > tr > *, .metrics > tbody > tr > * { border: 0; min-width: 0; padding-bottom: .25rem; }
    .columns > tbody > tr > td:last-child, .metrics > tbody > tr > td:last-child { grid-column: 1 / -1; }
    .metrics > tbody > tr > th { grid-column: 1 / -1; max-width: none; } }
  @media print { body { max-width: none; padding: 0; font-size: 10pt; } nav, .skip, .screen { display: none; }
    tr, .score, svg, figure, .pair { break-inside: avoid; } h2, h3, caption { break-after: avoid; }
    .wide { overflow: visible; } table { font-size: 8.5pt; } th, td { padding: .25rem .4rem .25rem 0; }
    tbody th, tfoot th { min-width: 0; } thead { display: table-header-group; }
    details::details-content { content-visibility: visible; block-size: auto; } }
  """
