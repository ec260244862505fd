"""Answers to a survey as LimeSurvey exports them → counts that show no single person.

    answers_file.py  CSV in any usual form, or a workbook → heads and cells
    questions.py     heads and cells → questions, and which of them can be counted
    choice.py        what the author has chosen of them: a small table that is kept
    counting.py      questions → counts, and what of them is held back
    importing.py     all of this in order; nothing is written before everything is checked

An answer's own words are shown only where at least five people gave it, or where the author has listed it as one of the
questionnaire's; so no text that someone typed can come through.
"""

from konzept.authors.surveys.importing import plan_survey, take_in

__all__ = ["plan_survey", "take_in"]
