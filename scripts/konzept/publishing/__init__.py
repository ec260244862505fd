"""From the sources to what is published.

    building.py     `konzept build`: Jupyter Book in a work folder; published only when whole
    leftovers.py    what an earlier build has left is used again only as it was left
    fetching.py     scripts and fonts that are not there yet
    locking.py      one build at a time
    checksums.py    checksums, and a date that is the content's
    versions.py     `konzept veroeffentlichen`: what a web server shows, exchanged at one moment; the last ten are kept
    issuing.py      `konzept ausgabe`: an edition, whole or not at all
    verifying.py    `make verify`: the same book wherever and whenever it is built

The preview builds in its own way and publishes nothing.
"""
