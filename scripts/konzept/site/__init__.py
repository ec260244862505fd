"""Sphinx extensions that publish the concept; `konzept.extension` loads them in their order.

    check.py          no page from unchecked or stale data
    guard.py          nothing is published that must not be
    earlier_build.py  trusts what an earlier build has left only if that build came to a good end
    kernels.py        kernels for notebooks, silent and the same everywhere
    nodes.py          the book's own nodes, and how they are written
    charts.py         charts on the page
    rendering.py      draws them as SVG, in one batch from one browser
    explorer.py       the explorer's scripts beside its page
    folding.py        long pages on a phone
    search.py         what the search finds
    entry_pages.py    the address without a page, and one that is none
    outline.py        titles and numbers in contents and references
    references.py     sources of a statement, lists of figures and tables
    notes.py          sources as notes at a page's end
    approvals.py      what a chapter shows, and whether it is still what was approved
    editions.py       what was issued, beside the pages
    papers.py         which paper is printed
    languages.py      short versions in other languages
    shared.py         the program's text in the place of the line that takes it, and what „Mitschreiben“ types into its examples
    theme.py          the look of the pages, German where theme and Sphinx speak English, and a strict security policy
    scripts.py        the scripts that a page may have
    fonts.py          only the book's own fonts are visible; the icon font, cut down to what is shown
    compat.py         what Sphinx, docutils, jupyter-cache, ipykernel and the theme keep to themselves

Below it: `execution` runs the notebooks, `blocks` makes nodes of what they put out, `opendata` writes the files of `daten/`.
"""
