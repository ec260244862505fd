"""The data folder, and what can be wrong in it.

    project.py        which folder a command works on
    schema.json       tables, columns, German titles, allowed words, keys
    town.py           what `kommune.json` says of the town, and the words usual for its kind
    logo.py           the town's logo, made safe
    package.py        both together; what of it is published as `datapackage.json`
    describing.py     whether such a description says what it should
    shapes.py         what may stand where in a file that people write by hand
    reading.py        CSV → typed tables; problems are collected, never raised one by one
    older_tables.py   tables of an older schema in the columns of today
    columns.py        cells → values, whole columns at a time, and what is wrong with them
    violation.py      what a rule is, and what it finds
    impossible.py     what no careful person means
    doubtful.py       what is seldom meant: hints, no errors
    history.py        rows that the last version in git has and the table has lost
    repository.py     git's own program, which keeps the versions
    disclosure.py     what published counts give away of single people, and what to hold back
    answers.py        what must hold of the results of a survey
    rules.py          what must hold across tables
    problems.py       a mistake with its place and its remedy
    saving.py         several files change together, or none does
    files.py          one file is there whole, or not at all
    csv_file.py       rows as CSV that no spreadsheet runs
    plainyaml.py      YAML without surprises
    plainjson.py      JSON likewise
    foreign_files.py  what other programs leave behind

Below it: `privacy`, names and files that must not be published.
Whoever needs to know about a column asks the package; nobody else opens these files.
"""
