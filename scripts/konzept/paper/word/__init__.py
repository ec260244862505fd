"""Pages as a Word document.

exporting.py  `konzept word export`
builder.py    the builder ``word`` plans the pages and finds their pictures
document.py   pages → the bytes of a document that takes its original along
writer.py     the doctree, block by block
parts.py      what a document is made of, as elements
styles.py     how it looks
"""
