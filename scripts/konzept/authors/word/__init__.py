"""Chapters that come back from Word.

source.py     a page as blocks and words that know where they stand
original.py   what an exported file takes along
reading.py    the file as it stands when all changes are accepted
"""
