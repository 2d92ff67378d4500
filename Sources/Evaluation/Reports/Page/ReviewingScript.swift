extension PageScript {
  /// Makes the review file of what was ticked. What goes into the file stands in the page as JSON in attributes, put there by
  /// `ReviewForm`; the script adds decisions and the reviewer's name. No `<` and no `&` is in it, so that the page is well
  /// formed.
  static let reviewing = """
    const section = document.querySelector('[data-review]')
    if (section) {
      const forms = Array.from(section.querySelectorAll('fieldset[data-row]'))
      const status = section.querySelector('output')
      let isSaved = true
      const decided = () => forms.flatMap((form) => {
        const ticked = form.querySelector('input:checked')
        if (!ticked || !ticked.value) return []
        return [Object.assign(JSON.parse(form.dataset.row), { decision: ticked.value })]
      })
      const count = () => {
        const rows = decided()
        const rejected = rows.filter((row) => row.decision === 'rejected').length
        status.textContent = `${rows.length - rejected} accepted, ${rejected} rejected, ` +
          `${forms.length - rows.length} undecided`
      }
      section.addEventListener('change', () => { isSaved = decided().length === 0; count() })
      section.querySelector('button').addEventListener('click', () => {
        const review = Object.assign(JSON.parse(section.dataset.review), { rows: decided() })
        const name = section.querySelector('input[type=text]').value.trim()
        if (name) review.reviewer = name
        const link = document.createElement('a')
        link.href = URL.createObjectURL(new Blob([JSON.stringify(review, null, 2) + '\\n'], { type: 'application/json' }))
        link.download = 'review.json'
        link.click()
        setTimeout(() => URL.revokeObjectURL(link.href), 1000)
        isSaved = true
        count()
        status.textContent += '; written to review.json'
      })
      addEventListener('beforeunload', (event) => { if (!isSaved) event.preventDefault() })
      for (const part of section.querySelectorAll('[hidden]')) part.hidden = false
      count()
    }
    """
}
