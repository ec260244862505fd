"""Names and files that must not be published: what they are, and where they would get out.

    names.py        finds names in any text, however it is spelled, marked up or broken over lines
    lists.py        the lists in `data/intern/`
    allowed.py      which files a page may show or link to
    files.py        the texts in a file of any kind: page, table, workbook, picture; what is said of one that holds a name
    papers.py       the texts in a PDF: what is printed, attached, and said beside

All of this only looks; `konzept.authors.check` refuses what an author wrote, `konzept.site.guard` what was built.
"""
