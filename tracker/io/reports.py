"""The report of ``check``: what was kept, rejected, ignored and noticed, as data and as text."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.core.columns import COLUMN_NAMES
from tracker.core.model import DataSet, Outcome, Statement
from tracker.core.problems import Problem, Severity

_LISTED_AT_MOST = 50


def report(data_set: DataSet, *, with_rows: bool = False) -> dict[str, object]:
    """What ``check --json`` prints: outcome, counts, problems by severity, and with ``with_rows`` the rows kept.

    ``rows`` + rejected records + ignored records = ``records``, always; a refused file has no records. In ``kept``
    every column holds the text as written, except ``stated_on`` (ISO); what it was taken for stands beside.
    """
    found: dict[str, object] = {
        "outcome": data_set.outcome.value,
        "records": data_set.n_records,
        "rows": len(data_set.statements),
        "rejected": _listed(data_set, Severity.REJECTED),
        "ignored": _listed(data_set, Severity.IGNORED),
        "warnings": _entries(p for p in data_set.problems if p.severity is Severity.WARNING),
        "message": data_set.refusal or _summary(data_set),
        "encoding": data_set.encoding,
        "delimiter": data_set.delimiter,
        "format": data_set.format,
        "guesses": [{"what": what, "guess": guess, "reason": reason} for what, guess, reason in data_set.guesses],
    }
    if with_rows:
        found["kept"] = [kept_row(statement) for statement in data_set.statements]
    return found


def kept_row(statement: Statement) -> dict[str, object]:
    """A statement as one row: every column as written, ``stated_on`` ISO, and the codes beside."""
    row: dict[str, object] = {"record": statement.record, "line": statement.line, "statement_id": statement.statement_id}
    row |= {name: statement.written[name] for name in COLUMN_NAMES if name in statement.written}
    row |= {"stated_on": str(statement.stated_on), "date_precision": statement.stated_on.precision.value}
    names = ("country_code", "actor_id", "organisation_id", "spokesperson_id", "issue_id", "stance_code", "act_code", "target_id")
    row |= {name: getattr(statement, name) for name in (*names, "language_code", "channel_code", "speaks_for_actor")}
    return row | {"link_url": statement.document_url}


def _listed(data_set: DataSet, severity: Severity) -> list[dict[str, object]]:
    """One entry a record, with the first problem that decided it."""
    first: dict[int, Problem] = {}
    for problem in data_set.problems:
        if problem.severity is severity and problem.record is not None:
            first.setdefault(problem.record, problem)
    return _entries(first.values())


def _entries(problems: Iterable[Problem]) -> list[dict[str, object]]:
    return [
        {"file": p.file, "record": p.record, "line": p.line, "column": p.column, "code": p.code, "message": p.message} for p in problems
    ]


def _summary(data_set: DataSet) -> str:
    parts = [f"{len(data_set.statements):,} of {data_set.n_records:,} rows kept"]
    parts += [f"{data_set.n_rejected:,} rejected"] if data_set.n_rejected else []
    parts += [f"{data_set.n_ignored:,} ignored"] if data_set.n_ignored else []
    return ", ".join(parts) + f"; {_form(data_set)}."


def _form(data_set: DataSet) -> str:
    """How the file was read: its encoding and delimiter when it is text, else its format."""
    parts = [data_set.encoding, f"separated by {data_set.delimiter}"] if data_set.delimiter else [data_set.format, data_set.encoding]
    return ", ".join(part for part in parts if part)


def format_report(data_set: DataSet) -> str:
    """The report as text for a terminal: the outcome first, then problems in the order of the file."""
    words = {Outcome.LOAD_OK: "Loaded", Outcome.PARTIAL: "Loaded in part", Outcome.REJECT: "Not loaded"}
    lines = [f"{words[data_set.outcome]}: {_printable(data_set.refusal or _summary(data_set))}"]
    lines += [f"Guessed {_printable(f'{what}: {guess} ({reason})')}" for what, guess, reason in data_set.guesses]
    for severity in Severity:
        problems = [p for p in data_set.problems if p.severity is severity and (p.record or str(p.message) != data_set.refusal)]
        if problems:
            lines.append(f"\n{severity.value.capitalize()} ({len(problems):,}):")
            lines += [f"  {_printable(str(problem))}" for problem in problems[:_LISTED_AT_MOST]]
            lines += [f"  … and {len(problems) - _LISTED_AT_MOST:,} more"] if len(problems) > _LISTED_AT_MOST else []
    return "\n".join(lines)


def _printable(text: str) -> str:
    """Text that cannot steer a terminal or fail to be encoded."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
