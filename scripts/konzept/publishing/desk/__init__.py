"""The authors' desk: a page that does with a click what `konzept` does at a terminal.

tasks.py     what can be done: each task is one command of `konzept`
running.py   commands that run, what they say meanwhile, and how to stop them
finding.py   what an author looks for by name: pages, indicators, documents, figures
server.py    the page and its answers, beside the preview's pages
web/         the page itself
"""
