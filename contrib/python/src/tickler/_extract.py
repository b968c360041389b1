"""Records of documents, one result for each."""

from __future__ import annotations

import datetime
import json
import os
import queue
import threading
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Dict, Generator, Iterable, Iterator, Optional, Sequence, Tuple, Union

from ._program import Process

if TYPE_CHECKING:
    import pandas

    PathLike = Union[str, os.PathLike[str]]
    Day = Union[datetime.date, str]
    # The name of a document, and what the program is asked with, or why it is not asked.
    _Question = Tuple[str, Union[Sequence[bytes], "Error"]]
    _Asked = queue.SimpleQueue[Union[Tuple[str, Optional["Error"]], BaseException, None]]


@dataclass(frozen=True)
class Error:
    """Why a document has no record."""

    code: str
    """Stays the same from release to release, such as `source.not_found`."""
    message: str
    """For people."""


@dataclass(frozen=True)
class Result:
    """What became of one document: `record` or `error`."""

    input: str
    """The path or name as it was given."""
    record: Optional[Dict[str, Any]]
    error: Optional[Error]
    others: Tuple[Dict[str, Any], ...] = ()
    """The records of the further contracts, where one file holds several. Their `document.uri` ends in `#page=N`, the page on
    which each begins."""

    @property
    def ok(self) -> bool:
        """Whether there is a record."""
        return self.record is not None


class Results(Iterator[Result]):
    """One result for each document, in their order, each as soon as it is there.

    The program starts with the first result that is taken. It ends with the last one, with `close`, or with the `with` block.
    """

    def __init__(self, results: Generator[Result, None, None]) -> None:
        self._results = results

    def __next__(self) -> Result:
        return next(self._results)

    def close(self) -> None:
        """Ends the program; there are no more results."""
        self._results.close()

    def __enter__(self) -> Results:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def to_pandas(self) -> pandas.DataFrame:
        """All results as a table: input, ok, error_code, error_message, document (its id), record.

        A document has one row, and one more for each further contract in its file.
        """
        import pandas

        columns = ["input", "ok", "error_code", "error_message", "document", "record"]
        return pandas.DataFrame([row for result in self for row in _rows(result)], columns=columns)


def _results(questions: Iterator[_Question], arguments: Sequence[str]) -> Generator[Result, None, None]:
    process = Process(["extract", "--stream", *arguments])
    asked: _Asked = queue.SimpleQueue()
    # Questions go from a thread of their own: the program may answer before it takes the next one.
    threading.Thread(target=_ask, args=(process, questions, asked), daemon=True).start()
    try:
        while True:
            question = asked.get()
            if question is None:
                break
            if isinstance(question, BaseException):
                raise question
            name, failed = question
            yield Result(name, None, failed) if failed else _answer(name, process.answer())
        process.end()
    finally:
        process.stop()


def _ask(process: Process, questions: Iterator[_Question], asked: _Asked) -> None:
    """Asks all questions, and tells which; at last None, or the exception that ended them."""
    end: Optional[BaseException] = None
    try:
        for name, question in questions:
            if isinstance(question, Error):
                asked.put((name, question))
                continue
            asked.put((name, None))
            if not process.ask(question):
                break
    except BaseException as error:  # It is raised where results are taken.
        end = error
    process.no_more()
    asked.put(end)


def _answer(name: str, line: bytes) -> Result:
    answer = json.loads(line)
    record, error, others = answer["record"], answer["error"], answer.get("others", [])
    if isinstance(answer["input"], int):
        # The program knows a document that came as bytes by its number, which says nothing elsewhere.
        for one in [record, *others] if record is not None else []:
            _, mark, page = one["document"]["uri"].rpartition("#page=")
            place = mark + page if one is not record else ""
            one["document"].update(uri=name + place, file_name=PurePosixPath(name).name + place)
    return Result(name, record, Error(**error) if error else None, tuple(others))


def _rows(result: Result) -> Iterator[Tuple[Any, ...]]:
    error, record = result.error, result.record
    code, message = (error.code, error.message) if error else (None, None)
    yield result.input, result.ok, code, message, record["document"]["id"] if record else None, record
    for other in result.others:
        yield from _rows(replace(result, record=other, others=()))


def extract(
    paths: Union[PathLike, Iterable[PathLike]],
    *,
    as_of: Optional[Day] = None,
    jobs: Optional[int] = None,
    options: Sequence[str] = (),
) -> Results:
    """Reads the documents at `paths`, and gives one result for each, in their order. One path is one document.

    A document that cannot be read has a result with an error, and ends nothing. `as_of` is the day that counts as today, a
    date or its text as in "2026-03-01", `jobs` the number of documents that are read at a time, `options` more options of `tickler extract`, such as
    `["--model", "fast"]`. Taking results raises ProgramEnded where the program could not go on, for example because it
    does not know an option, and what `paths` itself raises.
    """

    # A text is a path, and no list of the letters in it.
    all_paths: Iterable[PathLike] = [paths] if isinstance(paths, (str, os.PathLike)) else paths

    def questions() -> Iterator[_Question]:
        for path in all_paths:
            name = os.fspath(path)
            if "\0" in name:
                raise ValueError(f"a path cannot contain a NUL: {name!r}")
            yield name, (os.fsencode(name), b"\0")

    return Results(_results(questions(), ["-0", *_arguments(as_of, jobs, options)]))


def extract_bytes(
    documents: Iterable[Tuple[str, Union[bytes, Error]]],
    *,
    as_of: Optional[Day] = None,
    jobs: Optional[int] = None,
    options: Sequence[str] = (),
) -> Results:
    """The same for documents that are in memory, each with a name, such as its key in an object store.

    In place of bytes there can be an Error that says why there are none: it is the result, in its order. `document.uri` of
    a record is the name, and `document.file_name` its last part.
    """

    def questions() -> Iterator[_Question]:
        for name, content in documents:
            yield name, content if isinstance(content, Error) else (len(content).to_bytes(8, "big"), content)

    return Results(_results(questions(), ["--framed", *_arguments(as_of, jobs, options)]))


def _arguments(as_of: Optional[Day], jobs: Optional[int], options: Sequence[str]) -> Sequence[str]:
    # A time of a day is in that day.
    day = [] if as_of is None else ["--as-of", as_of if isinstance(as_of, str) else format(as_of, "%Y-%m-%d")]
    return [*day, *([] if jobs is None else ["--jobs", str(jobs)]), *options]
