"""Finds every sentence that the code can say to an author, so that none goes without a test."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from folders import PROGRAM

ROOT = PROGRAM / "scripts" / "konzept"
_SENTENCE = re.compile(r"(?!COMMAND|Zeigt diese Hilfe)[A-ZÄÖÜ„⟨ ].*\s.*[.!?:“](?:⟨⟩)*\s*", re.DOTALL)


def templates(module: Path) -> list[str]:
    """Give a module's sentences, with ⟨⟩ where something is put in."""
    tree = ast.parse(module.read_text("utf-8"))
    silent = _docstrings(tree) | _patterns(tree)
    found = []
    for node in ast.walk(tree):
        if id(node) in silent:
            continue
        if isinstance(node, ast.JoinedStr):
            silent |= {id(part) for part in ast.walk(node)} - {id(node)}
            found.append("".join(p.value if isinstance(p, ast.Constant) else "⟨⟩" for p in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(re.sub(r"\{\d\}", "⟨⟩", node.value).replace("{{", "{").replace("}}", "}"))
    return [text.strip() for text in found if _SENTENCE.fullmatch(text)]


def says(template: str, sentence: str) -> bool:
    """Tell whether a sentence holds what a template makes."""
    pattern = ".+?".join(re.escape(part) for part in template.split("⟨⟩"))
    return re.search(pattern.replace(".+?", ".*?"), sentence, re.DOTALL) is not None


def _docstrings(tree: ast.Module) -> set[int]:
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _patterns(tree: ast.Module) -> set[int]:
    """Regular expressions, and the first of a pair of pattern and sentence."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        is_search = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
        )
        if is_search:
            silent |= {id(part) for arg in node.args[:1] for part in ast.walk(arg)}
        # click's own help, which test_check looks at.
        if isinstance(node, ast.keyword) and node.arg == "help":
            silent |= {id(part) for part in ast.walk(node.value)}
        if (
            isinstance(node, ast.Tuple)
            and len(node.elts) == 2
            and isinstance(node.elts[1], (ast.Call, ast.Name))
        ):
            silent.add(id(node.elts[0]))
    return silent
