"""What a cell hands to Jupyter.

    book.py         opens the data for a page; the words of a page outside the action fields
    chapter.py      the words of an action field's chapter
    report.py       the words of the status report's notebook
    output.py       an element on its way to Jupyter: its content, Plotly JSON (figures), ``text/html``
    html.py         an element as HTML
    selection.py    what a choice in the explorer selects, in pandas
    widget.py       the explorer, live in a notebook

The book's extensions build their nodes from the content, which has a type of its own (`content.MIME`);
JupyterLab shows the chart, other viewers the HTML.  No browser, no network.
"""
