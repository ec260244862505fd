"""The desk's table of tasks: each is a command that `konzept` has, and what is typed is never taken for more."""

from __future__ import annotations

from copy import copy

import click
import pytest

from konzept.cli import konzept
from konzept.publishing.desk.finding import KINDS
from konzept.publishing.desk.tasks import TASKS, Task

TYPED = "--help {datei} $(x)"
"""What is hostile to whatever puts words together."""


def values_of(task: Task, form: dict[str, str]) -> dict[str, object]:
    """Give what the program makes of a task's command: its options and arguments, all that it was told."""
    words = task.command(form)
    assert words is not None
    command: click.Command = konzept
    while isinstance(command, click.Group):
        command = command.commands[words.pop(0)]
    # `--data` asks for the project, which is not there.
    command = copy(command)
    command.params = [param for param in command.params if param.name != "data"]
    return command.make_context("konzept", words).params


@pytest.mark.parametrize("task", TASKS.values(), ids=list(TASKS))
def test_each_task_is_a_command(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    form = {field.name: TYPED for field in task.fields}
    told = str(values_of(task, form)) + str(values_of(task, {**form, "lauf": "ja"}))
    assert told.count(TYPED) >= 2 * len(form)
    for field in task.fields:
        assert field.kind in ("text", "file", *KINDS)
        if field.needed:
            assert task.command({**form, field.name: ""}) is None
    # What may be left empty is no option at all.
    least = {field.name: "x" for field in task.fields if field.needed}
    assert not any(word.endswith("=") for word in task.command(least) or ())


def test_a_task_is_tried_before_it_is_done() -> None:
    for task in TASKS.values():
        form = {field.name: "x" for field in task.fields}
        assert ("--probe" in (task.command(form) or ())) == task.is_tried
        assert "--probe" not in (task.command({**form, "lauf": "ja"}) or ())


def test_several_choices_come_one_by_one() -> None:
    assert TASKS["holen"].command({"meine": ["a1", "b2"], "andere": []}) == [
        *("stand", "holen", "--meine=a1", "--meine=b2"),
    ]
