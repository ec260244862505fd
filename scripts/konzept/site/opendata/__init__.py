"""The data as files that others can use, by the standards of their field.

    extension.py    writes them beside the pages, and tells search engines of them
    files.py        all of them: names and contents; the description of the tables: Data Package, version 2
    rows.py         tables and indicators as CSV and JSON
    workbook.py     one workbook for readers
    licences.py     what the sources allow, in their words and by the codes of catalogues
    catalogue.py    the catalogue: DCAT-AP.de 3.0, and the same for search engines
    turtle.py       RDF as Turtle

What is written depends on the data alone, never on the hour or the machine.
"""
