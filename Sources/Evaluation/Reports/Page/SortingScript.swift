extension PageScript {
  /// Sorts a table by the column whose heading is pressed: first what is best there, then the other way round. Cells without a
  /// value stay last.
  static let sorting = """
    for (const table of document.querySelectorAll('table.sortable')) {
      const body = table.tBodies[0]
      const heads = Array.from(table.tHead.rows[0].cells)
      const value = (row, place) => {
        const cell = row.cells[place]
        if (cell.dataset.value === undefined) return cell.textContent.trim()
        return cell.dataset.value === '' ? NaN : Number(cell.dataset.value)
      }
      const compare = (first, second) => {
        if (typeof first === 'string') return first.localeCompare(second, 'en', { numeric: true })
        return first - second
      }
      heads.forEach((head, place) => {
        const button = head.querySelector('button')
        if (!button) return
        button.disabled = false
        button.addEventListener('click', () => {
          const previous = head.getAttribute('aria-sort')
          const first = head.dataset.first === 'descending' ? 'descending' : 'ascending'
          const other = first === 'ascending' ? 'descending' : 'ascending'
          const next = previous === first ? other : first
          for (const other of heads) if (other.hasAttribute('aria-sort')) other.setAttribute('aria-sort', 'none')
          head.setAttribute('aria-sort', next)
          const sign = next === 'ascending' ? 1 : -1
          const isNone = (value) => typeof value === 'number' ? Number.isNaN(value) : value === ''
          const keyed = Array.from(body.rows).map((row) => [value(row, place), row])
          keyed.sort((one, two) => {
            if (isNone(one[0]) || isNone(two[0])) return Number(isNone(one[0])) - Number(isNone(two[0]))
            return sign * compare(one[0], two[0])
          })
          body.append(...keyed.map((pair) => pair[1]))
        })
      })
    }
    """
}
