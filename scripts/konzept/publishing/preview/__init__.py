"""`konzept preview`: the book on this machine, rebuilt at every save, the pages in view first.

    watching.py     which files have really changed
    session.py      what is to be built next, and who is to be told
    worker.py       builds in a process of its own, prepared ahead of the next save
    stages.py       one page quickly, then the whole book
    folders.py      the preview's own build folder: work, last good pages, undo
    server.py       serves the last good pages to this machine alone
    web/          what the served pages get added: reload at the same place, problems as an overlay

A worker is forked from a clean parent that holds libraries and nothing of ours (Python's fork server;
where there is no fork it is a fresh process), builds once and ends.  So memory stays flat, changed code
is always the code that runs, and what goes wrong in a worker is gone with it.
"""
