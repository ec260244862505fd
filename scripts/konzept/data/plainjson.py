"""JSON that people write by hand: read as it stands, and what is wrong in it said by a German sentence."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from konzept.data.files import content
from konzept.words.letters import no_text, no_text_by_line


class PackageError(Exception):
    """The data folder or what describes it cannot be read; the message is German, a line for each problem."""


def read_group(path: Path, *, lacking: str) -> dict[str, Any]:
    """Read a file that holds one group of named values.

    Parameters
    ----------
    path
        The file.
    lacking
        The sentence for a file that is not there.

    Raises
    ------
    PackageError
        It cannot be read, or holds something else, a name twice, or what is no text.
    """
    file = f"{path.parent.name}/{path.name}"
    twice: list[str] = []
    try:
        text = unicodedata.normalize("NFC", content(path).decode("utf-8-sig"))
        found = json.loads(text, object_pairs_hook=partial(_once, twice))
    except FileNotFoundError as error:
        raise PackageError(f"{path}: {lacking}") from error
    except json.JSONDecodeError as error:
        raise PackageError(
            f"{file}, Zeile {error.lineno}: "
            "Hier ist die Schreibweise (JSON) verletzt, oft durch ein fehlendes Komma oder Anführungszeichen."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise PackageError(
            f"{path}: Die Datei lässt sich nicht lesen. Prüfen Sie, ob sie in UTF-8 gespeichert ist und ob Ihnen die Rechte fehlen."
        ) from error
    except RecursionError as error:
        raise PackageError(f"{file}: {_OTHER_SHAPE}") from error
    if not isinstance(found, dict):
        raise PackageError(f"{file}: {_OTHER_SHAPE}")
    if twice:
        raise PackageError(
            f"{file}: Die Angabe „{twice[0]}“ steht in einem Paar geschweifter Klammern zweimal. Löschen Sie eine von beiden."
        )
    # JSON may also spell such a character out; then no line shows it.
    spelt_out = ((None, no_text(each)) for each in _texts(found))
    for line, sentence in [*no_text_by_line(text), *spelt_out]:
        if sentence:
            place = file + (f", Zeile {line}" if line else "")
            raise PackageError(f"{place}: {sentence}")
    return found


_OTHER_SHAPE = "Die Datei ist anders gegliedert als vorgesehen. Holen Sie die letzte Fassung aus git zurück."


def _once(twice: list[str], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a group of what stands in a pair of brackets, and note what stands there twice: the last would win."""
    names = [name for name, _ in pairs]
    twice += [name for name in dict.fromkeys(names) if names.count(name) > 1]
    return dict(pairs)


def _texts(value: object) -> Iterator[str]:
    """Give all texts of a file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
