"""Chapters that come back from Word.

original.py   what an exported file takes along
source.py     a page as blocks and words that know where they stand
reading.py    the file as it stands when all changes are accepted, and its comments
matching.py   which block was which, and what has changed in it
applying.py   changes → Markdown, read again at once
importing.py  `konzept word import`: all of it for a file; the list of what is open
remarks.py    that list: what is open, and ticking it off
"""
