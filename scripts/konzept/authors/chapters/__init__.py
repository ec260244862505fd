"""The book's pages as their authors write them: what can be wrong in them, and how one begins.

    pages.py        a page's text: what Markdown closes, drops or shows and says nothing
    linked.py       what a page brings in from outside the book: files, other source
    literal.py      what would be printed as it was typed; pictures without description or source
    code.py         a page's cells, without running them
    checking.py     all pages: header, keys, numbers, text, cells
    contents.py     the contents in `_toc.yml`
    shared.py       texts of the program that a page takes by one line
    settings.py     the settings in `_config.yml`
    beginning.py    `konzept new`

All of this looks at text alone; `konzept.authors.check` joins it with what is checked in the data.
"""
