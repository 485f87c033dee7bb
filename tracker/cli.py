"""The command line: the second client of the same answers the dashboard draws."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tracker.core.columns import COLUMN_NAMES
from tracker.core.errors import LinkRefused, TrackerError
from tracker.core.links import PAGES, View, asked_opening, split_link
from tracker.core.model import Outcome
from tracker.core.subscriptions import Subscription
from tracker.io.documents.reading import MAX_DOCUMENT_BYTES
from tracker.io.inputs import ReadOptions
from tracker.io.packages import load_data_set, seal_package
from tracker.io.reports import format_report, report
from tracker.workspace import Library, Workspace, answer, open_workspace
from tracker.workspace.alignment_exports import NETWORKS, export_network
from tracker.workspace.answers import answer_as_json
from tracker.workspace.exports import EXPORTS, export
from tracker.workspace.extracting import as_json_lines, extraction_in_words, extraction_of
from tracker.workspace.importing import fetched, keep, rehearse, rehearse_path, undo
from tracker.workspace.known import NOTHING_KNOWN, Known, known_in
from tracker.workspace.subscribing import subscribe, subscriptions, unsubscribe
from tracker.workspace.told import change_in_words, disk_in_words, rehearsal_as_json, rehearsal_in_words, revision_in_words
from tracker.workspace.verifying import Mark, as_json, proofs_in_words, prove_all, text_of_file
from tracker.workspace.watching import in_words, watch_once

USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused or nothing loaded, 2 called wrongly."""
    asked = _parser().parse_args(arguments)
    try:
        return asked.run(asked)
    except LinkRefused as refused:
        print(refused, file=sys.stderr)
        return USAGE
    except TrackerError as refused:
        print(refused, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tracker", description="Statement Tracker on the command line.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="load a table or data package and report every problem")
    check.add_argument("path", type=Path, metavar="PATH")
    check.add_argument("--json", action="store_true", help="one JSON object instead of text")
    check.add_argument("--rows", action="store_true", help="with --json: the rows kept, too")
    _add_reading(check)
    check.set_defaults(run=_check)
    query = commands.add_parser("query", help="the numbers a page shows for a link")
    _add_link(query)
    query.add_argument("--json", action="store_true", help="everything as JSON instead of the sentence")
    query.set_defaults(run=_query)
    send = commands.add_parser("export", help="the statements of a link as a file")
    _add_link(send)
    send.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    send.add_argument("--format", choices=[*EXPORTS, *NETWORKS], help="default: by the file's ending, else csv")
    send.set_defaults(run=_export)
    _add_history(commands)
    _add_watch(commands)
    prove = commands.add_parser("verify", help="prove that each quote stands in the stored text of its document")
    prove.add_argument("data_set", nargs="?", default="", metavar="DATA_SET", help="its name in links, or a path (default: the first)")
    prove.add_argument("--document", type=Path, metavar="FILE", help="look in this text instead, to see what drifted; needs --id")
    prove.add_argument(
        "--id", action="append", default=[], metavar="ID", help="only this statement or document; may be given several times"
    )
    prove.add_argument("--json", action="store_true", help="one JSON object instead of text")
    prove.set_defaults(run=_verify)
    _add_extract(commands)
    seal = commands.add_parser("seal", help="write sizes and hashes of a data package's files into datapackage.json")
    seal.add_argument("path", type=Path, metavar="PATH")
    seal.set_defaults(run=_seal)
    return parser


def _add_extract(commands: Any) -> None:
    find = commands.add_parser("extract", help="the candidate statements in a text, web page, Word file or PDF")
    find.add_argument("file", metavar="FILE", help="a file, or - for standard input")
    find.add_argument("--published", default="", metavar="DATE", help="day of publication, as 2016-07-28: what 'Thursday' counts from")
    find.add_argument("--language", default="", metavar="CODE", help="as en or de (default: found in the text)")
    find.add_argument("--title", default="", help="title of the document (default: its own)")
    find.add_argument(
        "--data",
        default="",
        metavar="DATA_SET",
        help="whose spokespersons and issues are recognised: its name in links, or a path (default: the first)",
    )
    find.add_argument("--format", choices=["text", "jsonl"], default="text", help="jsonl: one JSON object a statement")
    find.set_defaults(run=_extract)


def _add_history(commands: Any) -> None:
    bring = commands.add_parser("import", help="bring a file into a data set; with --rehearse only say what that would do")
    bring.add_argument("path", metavar="PATH", help="a file or folder, or an http(s) address")
    bring.add_argument("--rehearse", action="store_true", help="change nothing")
    bring.add_argument("--json", action="store_true", help="one JSON object instead of text")
    bring.add_argument("--rows", action="store_true", help="with --json: the rows to be kept, too")
    bring.add_argument("--into", default="", metavar="DATA_SET", help="the data set's name in links (default: the first)")
    _add_reading(bring)
    _add_who(bring)
    bring.set_defaults(run=_import)
    take_back = commands.add_parser("undo", help="take a revision back, by a new revision")
    take_back.add_argument("revision", type=int, metavar="REVISION")
    _add_who(take_back)
    take_back.set_defaults(run=_undo)
    history = commands.add_parser("history", help="the revisions of a data set, or every change of one statement")
    history.add_argument("statement", nargs="?", default="", metavar="STATEMENT")
    history.add_argument("--of", default="", metavar="DATA_SET", help="the data set's name in links (default: the first)")
    history.set_defaults(run=_history)


def _add_watch(commands: Any) -> None:
    watch = commands.add_parser("watch", help="ask the feeds one follows and queue what they bring for review (needs TRACKER_FETCH=on)")
    watch.add_argument("--once", action="store_true", help="ask each feed that is due once, then end")
    watch.add_argument("--every", type=int, default=15, metavar="MINUTES", help="without --once: wait so long between (default: 15)")
    watch.add_argument("--list", action="store_true", help="the feeds one follows and what came of asking them last")
    watch.add_argument("--remove", type=int, default=0, metavar="N", help="follow this feed no more; what it queued stays")
    watch.add_argument("--add", default="", metavar="ADDRESS", help="follow a feed: an http(s) address or a file")
    watch.add_argument("--title", default="", help="what to call it (default: its own title)")
    watch.add_argument("--publisher", default="", help="who puts it out (default: its own title)")
    watch.add_argument("--actor", default="", help="whose statements they are where the text does not say: a country or organisation")
    watch.add_argument("--language", default="", help="the language of its texts where the feed does not say (en, ru)")
    watch.add_argument("--follow", action="store_true", help="read the page each item links to instead of the item")
    watch.add_argument("--into", default="", metavar="DATA_SET", help="the data set's name in links (default: the first)")
    watch.add_argument("--who", default=getpass.getuser(), help="who subscribes (default: your user name)")
    watch.set_defaults(run=_watch)


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="THEIRS=OURS",
        help="their header = our column (nothing: leave it aside)",
    )
    parser.add_argument("--date-order", choices=["day-first", "month-first"], default="", help="what 03/04/2016 means")
    parser.add_argument("--sheet", default="", help="the sheet of a workbook")
    parser.add_argument("--statement-type", default="", help="the statement type of a Discourse Network Analyzer project")


def _add_who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--who", default=getpass.getuser(), help="who does it (default: your user name)")
    parser.add_argument("--why", default="", help="why, for the history")


def _add_link(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("link", metavar="LINK", help="like '/timeline?actor=USA.RUS&since=2016-07'")
    parser.add_argument("--data", type=Path, metavar="PATH", help="table or data package (default: TRACKER_DATA or the bundled one)")


def _check(asked: argparse.Namespace) -> int:
    data_set = load_data_set(asked.path, _options(asked))
    if asked.json:
        print(json.dumps(report(data_set, with_rows=asked.rows), ensure_ascii=False, indent=1))
    else:
        print(format_report(data_set))
    return 1 if data_set.outcome is Outcome.REJECT else 0


def _query(asked: argparse.Namespace) -> int:
    workspace, view, notices = _opened(asked)
    found = answer(workspace, view)
    if not asked.json:
        print(*[found.sentence, *(notice.message for notice in (*notices, *found.notices))], sep="\n")
        return 0
    shown = answer_as_json(found)
    shown["notices"] = [{"parameter": n.parameter, "value": n.value, "message": n.message} for n in notices] + shown["notices"]
    print(json.dumps(shown, ensure_ascii=False, indent=1))
    return 0


def _export(asked: argparse.Namespace) -> int:
    workspace, view, notices = _opened(asked)
    form = asked.format or _form_of(asked.output.name.lower())
    if form in NETWORKS and view.path != "/alignment":
        raise LinkRefused(f"{form} is a form of /alignment; this link opens {view.path}.")
    _, content = (export_network if form in NETWORKS else export)(workspace, view, form)
    try:
        asked.output.write_bytes(content)
    except OSError as why:
        raise TrackerError(f"Cannot write {asked.output.name!r}: {why.strerror}. Choose another file.") from why
    print(*[notice.message for notice in notices], f"Wrote {asked.output.name}.", sep="\n", file=sys.stderr)
    return 0


def _form_of(name: str) -> str:
    return next((form for form in sorted((*EXPORTS, *NETWORKS), key=len, reverse=True) if name.endswith(f".{form}")), "csv")


def _options(asked: argparse.Namespace) -> ReadOptions:
    pairs = [pair.rpartition("=") for pair in asked.map]
    wrong = [ours for theirs, _, ours in pairs if not theirs or ours.strip() not in ("", *COLUMN_NAMES)]
    if wrong:
        raise LinkRefused(f"--map takes THEIRS=OURS, where OURS is one of {', '.join(COLUMN_NAMES)}; not {', '.join(wrong)}.")
    mapping = {theirs.strip(): ours.strip() for theirs, _, ours in pairs}
    return ReadOptions(mapping=mapping, date_order=asked.date_order, sheet=asked.sheet, statement_type=asked.statement_type)


def _import(asked: argparse.Namespace) -> int:
    library = Library(is_mine=not asked.rehearse)
    if asked.path.startswith(("http://", "https://")):
        found = rehearse(library, fetched(asked.path, is_enabled=True), asked.into, _options(asked))
    else:
        found = rehearse_path(library, Path(asked.path), asked.into, _options(asked))
    if not asked.rehearse and found.can_be_kept:
        revision = keep(library, found, who=asked.who, why=asked.why)
        print(revision_in_words(revision), file=sys.stderr)
    print(
        json.dumps(rehearsal_as_json(found, with_rows=asked.rows), ensure_ascii=False, indent=1)
        if asked.json
        else rehearsal_in_words(found)
    )
    return 0 if found.can_be_kept or (found.n_unchanged and not found.n_clashes) else 1


def _undo(asked: argparse.Namespace) -> int:
    print(revision_in_words(undo(Library(is_mine=True), asked.revision, who=asked.who, why=asked.why)))
    return 0


def _history(asked: argparse.Namespace) -> int:
    library = Library()
    code = asked.of or next(iter(library.titles()))
    if library.ledger is None or library.ledger.revision(code) is None:
        print(f"{code} has no history yet: nothing was imported or edited.")
    elif asked.statement:
        print(*map(change_in_words, library.ledger.history(code, asked.statement)), sep="\n")
    else:
        print(*map(revision_in_words, library.ledger.revisions(code, None)), sep="\n")
    if changed := library.began_otherwise(code):
        print(disk_in_words(changed), file=sys.stderr)
    return 0


def _watch(asked: argparse.Namespace) -> int:
    library = Library(is_mine=True)
    if asked.remove:
        unsubscribe(library, asked.remove)
        print(f"Subscription {asked.remove} is removed.")
    elif asked.add:
        print(in_words(subscribe(library, _subscription(asked), may_be_file=True)))
    elif asked.list:
        print(*[in_words(held) for held in subscriptions(library)] or ["No feed is followed yet. Follow one: --add ADDRESS"], sep="\n")
    else:
        return _watch_feeds(library, asked)
    return 0


def _watch_feeds(library: Library, asked: argparse.Namespace) -> int:
    """Asks until it is ended from outside; with ``--once`` the exit code says whether every feed could be read."""
    while True:
        found = []
        for watched in watch_once(library, now=datetime.now(UTC)):
            found.append(watched)
            print(in_words(watched.subscription), flush=True)
        if asked.once:
            print(*[] if found else ["No feed is due."], sep="\n", end="" if found else "\n")
            return 1 if any(watched.has_failed for watched in found) else 0
        time.sleep(max(1, asked.every) * 60)


def _subscription(asked: argparse.Namespace) -> Subscription:
    return Subscription(
        0,
        asked.into,
        asked.add,
        title=asked.title,
        publisher=asked.publisher,
        actor=asked.actor,
        language=asked.language,
        follows=asked.follow,
        added_by=asked.who,
    )


def _verify(asked: argparse.Namespace) -> int:
    if asked.document and not asked.id:
        raise LinkRefused("--document needs --id: say which statements or which document are to be looked for in it.")
    text = text_of_file(asked.document) if asked.document else None
    proofs = dict(prove_all(_data_set(asked.data_set), asked.id, text))
    print(json.dumps(as_json(proofs), ensure_ascii=False, indent=1) if asked.json else proofs_in_words(proofs))
    return 0 if all(proof.mark is Mark.VERIFIED for proof in proofs.values()) else 1


def _extract(asked: argparse.Namespace) -> int:
    path = Path(asked.file)
    if asked.file != "-" and not path.is_file():
        why = "it is no file" if path.exists() else "there is no such file"
        raise TrackerError(f"Cannot read {path.name!r}: {why}. Give the path of a text, or - for standard input.")
    data = sys.stdin.buffer.read(MAX_DOCUMENT_BYTES + 1) if asked.file == "-" else path.read_bytes()
    try:
        known = _known(asked.data)
        found = extraction_of(data, path.name, published=asked.published, language=asked.language.lower(), title=asked.title, known=known)
    except ValueError as wrong:
        raise LinkRefused(f"{str(wrong)[:1].upper()}{str(wrong)[1:]}.") from wrong
    sys.stdout.write(as_json_lines(found) if asked.format == "jsonl" else extraction_in_words(found) + "\n")
    return 0


def _known(asked: str) -> Known:
    """What the data set that is asked for has; an article can be read without the one that opens unasked."""
    try:
        return known_in(_data_set(asked))
    except TrackerError as refused:
        if asked:
            raise
        print(f"No spokesperson is recognised. {refused}", file=sys.stderr)
        return NOTHING_KNOWN


def _data_set(asked: str) -> Workspace:
    """A data set by its name in links or by its path; the first one for ""."""
    is_path = asked not in (library := Library()).titles() and Path(asked or "-").exists()
    return library.open_path(Path(asked)) if is_path else library.open(asked)


def _seal(asked: argparse.Namespace) -> int:
    seal_package(asked.path)
    return 0


def _opened(asked: argparse.Namespace) -> tuple[Workspace, View, tuple]:
    _, given = split_link(asked.link)
    workspace = open_workspace(asked.data) if asked.data else Library().open(*asked_opening(given))
    view, notices = workspace.read_link(asked.link)
    if view is None:
        raise LinkRefused(f"{notices[0].message} Pages are {', '.join(PAGES)}.")
    return workspace, view, notices
