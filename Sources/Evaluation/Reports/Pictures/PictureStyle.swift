/// How drawings look: lines differ by dashes, areas from lines, so that nothing is told by colour alone.
let pictureStyle = """
  svg { display: block; max-width: 100%; height: auto; }
  .legend svg, .note svg, .areas svg { display: inline; vertical-align: middle; }
  .legend svg { margin-left: 1rem; }
  svg text { font-size: 11px; fill: var(--soft); }
  path { fill: none; }
  path.real, rect.real { fill: var(--real); }
  path.synthetic { stroke: var(--synthetic); stroke-width: 1.5; }
  rect.synthetic { fill: var(--ground); stroke: var(--synthetic); stroke-width: 1; }
  .axis { stroke: var(--soft); }
  .grid { stroke: var(--rule); }
  .chance { stroke: var(--soft); stroke-dasharray: 1 3; }
  .line0, .line1, .line2, .line3 { stroke-width: 1.75; stroke: var(--synthetic); }
  .line1 { stroke: var(--second); stroke-dasharray: 6 3; }
  .line2 { stroke: var(--third); stroke-dasharray: 2 2; }
  .line3 { stroke: var(--fourth); stroke-dasharray: 8 3 2 3; }
  .figures { display: flex; flex-wrap: wrap; gap: 1rem 1.5rem; align-items: flex-start; }
  figure { margin: .5rem 0; max-width: 100%; }
  figcaption { font-size: .85rem; color: var(--soft); }
  .cold { fill: var(--cold); } .warm { fill: var(--warm); } .none { fill: none; stroke: var(--rule); stroke-width: .5; }
  .swatch { display: inline-block; width: 1.6rem; height: .8rem; margin-right: .3rem; }
  .swatch.cold { background: var(--cold); } .swatch.warm { background: var(--warm); }
  .dot { fill: var(--synthetic); } .range { stroke: var(--synthetic); stroke-width: 5; stroke-opacity: .35; }
  .ceiling { stroke: var(--ink); stroke-width: 2; } .floor { fill: var(--ground); stroke: var(--ink); }
  .quantiles { width: auto; font-size: .8rem; margin-top: .25rem; }
  .quantiles th, .quantiles td { border: 0; padding: 0 .75rem 0 0; min-width: 0; }
  .quantiles tbody th { font-weight: normal; }
  """
