"""Rehearsals, revisions and changes in words and as JSON, for the command line and the pages alike."""

from __future__ import annotations

from typing import Any

from tracker.core.problems import Problem
from tracker.io.reports import report
from tracker.store.ledger_values import Change, Revision
from tracker.workspace.editing import changed_columns
from tracker.workspace.importing import Rehearsal


def rehearsal_as_json(rehearsal: Rehearsal, *, with_rows: bool = False) -> dict[str, Any]:
    """A rehearsal as `import --rehearse --json` prints it: what `check` says of the file, and what keeping it would do."""
    return {
        **report(rehearsal.read, with_rows=with_rows),
        "data_set": rehearsal.target,
        "new": rehearsal.n_new,
        "unchanged": rehearsal.n_unchanged,
        "clashes": [problem_as_json(problem) for problem in rehearsal.clashes],
        "joined": [
            {"facet": j.facet, "label": j.label, "spellings": list(j.spellings), "n_statements": j.n_statements} for j in rehearsal.joined
        ],
        "guesses": [{"what": what, "guess": guess, "reason": reason} for what, guess, reason in rehearsal.read.guesses],
    }


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """A problem with its place."""
    return {"record": problem.record, "line": problem.line, "column": problem.column, "code": problem.code, "message": problem.message}


def rehearsal_in_words(rehearsal: Rehearsal) -> str:
    """What keeping an import would do, in lines of text."""
    read = rehearsal.read
    if read.refusal and not read.statements:
        return f"{rehearsal.file_name} cannot be imported: {read.refusal}"
    records, held = _counted(read.n_records, "record"), _counted(rehearsal.n_held, "statement")
    lines = [
        f"{rehearsal.file_name}: {records} = {len(read.statements):,} to keep + {read.n_rejected:,} rejected + {read.n_ignored:,} ignored.",
        f"Into {rehearsal.target} ({held}): {rehearsal.n_new:,} new, {rehearsal.n_unchanged:,} there already.",
        *(f"Guessed {what}: {guess} ({reason})." for what, guess, reason in read.guesses),
        *(f"Taken for {j.label} ({j.n_statements:,}): {', '.join(j.spellings)}." for j in rehearsal.joined),
        *(str(problem) for problem in (*rehearsal.clashes, *read.problems)),
    ]
    return "\n".join(lines)


def revision_in_words(revision: Revision) -> str:
    """One revision in a line: number, when, who, what, why."""
    return f"{revision.revision_id}  {revision.at:%Y-%m-%d %H:%M} UTC  {revision.who}  {what_was_done(revision)}  {revision.why}".rstrip()


def what_was_done(revision: Revision) -> str:
    """What a revision did, with its numbers."""
    counted = ((revision.n_added, "added"), (revision.n_changed, "changed"), (revision.n_withdrawn, "withdrawn"))
    numbers = ", ".join(f"{n:,} {done}" for n, done in counted if n) or "nothing changed"
    of = f" of revision {revision.undoes}" if revision.undoes else f" of {revision.file_name}" if revision.file_name else ""
    n_mended = revision.counts.get("n_mended", 0)
    mended = f" ({_counted(n_mended, 'row')} mended by hand)" if n_mended else ""
    return f"{revision.kind.value}{of}{mended}: {numbers}; {revision.n_in_force:,} in force"


def disk_in_words(first: Revision) -> str:
    """What to say, and to do, when the files on disk are not those the history began with in that revision."""
    return (
        f"The files of {first.file_name} on disk have changed since this history began on {first.at:%Y-%m-%d %H:%M} UTC. "
        "What is shown is the history, not the files. Import the changed file into this data set to add what is new in it; "
        "a statement that is there already is changed on its own page."
    )


def change_in_words(change: Change) -> str:
    """One change of a statement in lines: who, when, why, and every column before and after."""
    columns = (f"  {name}: {before!r} -> {after!r}" for name, before, after in changed_columns(change))
    return "\n".join([revision_in_words(change.revision), *columns])


def _counted(n: int, what: str) -> str:
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"
