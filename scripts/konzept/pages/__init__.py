"""What single pages say besides figures and tables, as plain content.

    overview.py        every chapter and the start page: lead, facts, lists, cards; the numbers that prose uses
    catalogue.py       measures: what the sources name for them, and registers to find them
    profiles.py        a Steckbrief for each measure
    briefing.py        steering: sentences, decisions that wait
    indicators.py      which of several indicators are drawn, said or tabled
    monitoring.py      indicators: Ist and Soll, field by field
    participation.py   contributions, offers, contacts
    gaps.py            what the sources do not say, of a field and of the whole concept
    banners.py         open notes on the sources that touch a page
    downloads.py       the files of the data: which there are, their rights, how to cite them
    legal.py           Impressum, data protection, contact
    changes.py         what changed between two states, in lines
    editions.py        the editions, and what changed from one to the next
    report.py          the status report, part by part

Each makes plain content (`konzept.content`) of the concept; what a page shows is chosen in its cells.
"""
