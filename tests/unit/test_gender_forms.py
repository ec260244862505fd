"""How groups are named: "Einwohner*innen", wherever the program speaks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from folders import PROGRAM
from prose import OTHER_FORMS


@pytest.mark.parametrize("module", sorted((PROGRAM / "scripts").rglob("*.py")), ids=lambda p: p.stem)
def test_gender_forms_of_the_program_are_consistent(module: Path) -> None:
    tree = ast.parse(module.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not OTHER_FORMS.search(node.value), (node.lineno, node.value)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Ausländerinnen und Ausländer", True),
        ("von Ausländerinnen oder Ausländern", True),
        ("Ausländer und Ausländerinnen", True),
        ("mit Ausländern und Ausländerinnen", True),
        ("Kolleg:innen", True),
        ("KollegInnen", True),
        ("Ausländer*innen und Einwohner*innen", False),
        ("Lehrkräfte und Erzieher*innen", False),
        ("Menschen mit Einwanderungsgeschichte", False),
        ("Frauen und Männer", False),
    ],
)
def test_other_forms_are_known(text: str, *, wrong: bool) -> None:
    assert bool(OTHER_FORMS.search(text)) == wrong
