"""Finds what is told twice in a corpus beyond one machine: the steps of twicetold's `detect`, shared out by Apache Spark 4.

    spark-submit twicetold_spark.py articles.parquet --out found
    from twicetold_spark import detect; detect(spark, frame, 'found', maxKeyDocuments=100)

Spark shuffles, sorts, retries and spills; what twicetold does itself is done by `twicetold worker <step>`, one process a task, over
Arrow streams. Each stage is written to `<out>/_stages`, so that a lost executor costs its tasks and nothing before them. The
results are those of `detect` on one machine: pairs, scores and clusters are the same bytes (docs/guides/spark.md).
"""

import argparse
import datetime
import decimal
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import threading
import time

from py4j.protocol import Py4JJavaError
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql import types as T

PARTS = ["id", "text", "title", "published", "language", "source", "url", "author", "copyright"]
SPARK_TYPES = {"utf8": "string", "binary": "binary", "int32": "int", "int64": "bigint", "float64": "double"}
# Documents go to the workers in small batches and small tasks: a megabyte is about a second's work, and a text may be large.
CONF = {
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.adaptive.advisoryPartitionSizeInBytes": "16m",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1024",
    "spark.sql.execution.arrow.maxBytesPerBatch": "32m",
    "spark.sql.execution.arrow.useLargeVarTypes": "false",
    "spark.sql.files.maxPartitionBytes": "16m",
    "spark.sql.session.timeZone": "UTC",
}
# Tasks a core, at least: as many as cores, Spark's rule for small shuffles, are never done at one time; more cost the start of a worker each.
TASKS_A_CORE = 3
# Pairs of one document that are joined with its text in one place; those of a leader of many copies are spread by salt.
PAIRS_A_SALT = 256
# Keys in too many documents that are sent to every executor, at most.
BROADCAST_KEYS = 1_000_000
# What a run writes to its folder, and the file that says that a run wrote there.
TABLES = ["documents", "pairs", "clusters", "passage_clusters", "boilerplate", "boilerplate_places", "quarantine"]
TARGETS = [*TABLES, "report.json", "_stages"]
MARKER = "_twicetold"
# Columns beside a document's own: the line of JSON that was no document, and what is wrong with it.
LINE, WRONG = "_twicetold_line", "_twicetold_wrong"
SHORT_DATE = r"^\s*(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d:?\d\d)?\s*$"


# --- the worker: one process a task, Arrow in and out ---------------------------------------------------------------------


class WorkerFailed(RuntimeError):
    """A worker ended with an error, was killed, or hung; Spark tries the task again."""


def worker_step(argv, timeout):
    """A function for mapInArrow that has a worker do a step for the batches of a partition."""

    def apply(batches):
        import pyarrow as pa

        first = next(batches, None)
        if first is None:
            return
        from pyspark import SparkFiles

        command = [part.replace("{files}", SparkFiles.getRootDirectory()) for part in argv]
        errors = tempfile.TemporaryFile()
        try:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)
        except OSError as error:
            raise WorkerFailed(f"the worker cannot be started: {error}") from error
        state = {"feeding": time.monotonic(), "reading": None, "failure": None, "fed": False, "hung": False, "over": False}

        def take():
            try:
                return next(batches, None)
            except BaseException as error:
                state["failure"] = error  # Of whatever kind: what comes from Spark is not the worker's pipe.
                raise

        def feed():
            try:
                with process.stdin, pa.ipc.new_stream(process.stdin, first.schema) as stream:
                    batch = first
                    while batch is not None:
                        state["feeding"] = time.monotonic()
                        stream.write_batch(batch)
                        state["feeding"] = None  # What takes its time now is Spark.
                        batch = take()
                    state["feeding"] = time.monotonic()
                state["fed"] = True
            except BaseException as error:  # noqa: BLE001
                if isinstance(error, BrokenPipeError) and state["failure"] is None:
                    return  # The worker has ended; its exit code says why.
                state["failure"] = state["failure"] or error
                process.kill()

        def watch():
            while not state["over"]:
                time.sleep(min(1, timeout / 4))
                now = time.monotonic()
                if all(state[who] is not None and now - state[who] > timeout for who in ("feeding", "reading")):
                    state["hung"] = True
                    process.kill()
                    return

        def said():
            errors.seek(0, os.SEEK_END)
            errors.seek(max(0, errors.tell() - 2000))
            return errors.read().decode("utf-8", "replace").strip()

        def check():
            code = process.wait()
            if code == 0:
                threads[0].join(5)
            if state["failure"] is not None:
                raise state["failure"]
            if state["hung"]:
                raise WorkerFailed(f"{step} took and gave nothing for {timeout} s, and was ended")
            if code < 0:
                raise WorkerFailed(f"{step} was killed by signal {-code}. {said()}")
            if code > 0:
                raise WorkerFailed(f"{step} ended with exit code {code}: {said()}")
            if not state["fed"]:
                raise WorkerFailed(f"{step} ended before it had been given everything. {said()}")

        step = " ".join(command[command.index("worker") :][:2]) if "worker" in command else command[0]
        threads = [threading.Thread(target=target, daemon=True) for target in (feed, watch)]
        for thread in threads:
            thread.start()
        try:
            state["reading"] = time.monotonic()
            try:
                stream = pa.ipc.open_stream(process.stdout)
                while True:
                    state["reading"] = time.monotonic()
                    batch = stream.read_next_batch()
                    state["reading"] = None  # Who takes the batch may take its time.
                    yield batch
            except StopIteration:
                pass
            except (pa.ArrowException, OSError, EOFError) as error:
                if wait_for(process):
                    check()
                raise WorkerFailed(f"what {step} wrote cannot be read: {error}") from error
            state["reading"] = time.monotonic()
            check()
        finally:
            state["over"] = True
            if process.poll() is None:
                process.kill()
                process.wait()
            process.stdout.close()
            errors.close()

    return apply


def wait_for(process):
    """Whether a process ends by itself, shortly."""
    try:
        process.wait(5)
        return True
    except subprocess.TimeoutExpired:
        return False


def ask_plan(argv):
    """A function for mapInArrow that gives what `worker plan` prints."""

    def apply(batches):
        import pyarrow as pa
        from pyspark import SparkFiles

        for _ in batches:
            pass

        command = [part.replace("{files}", SparkFiles.getRootDirectory()) for part in argv]
        try:
            done = subprocess.run(command, capture_output=True, timeout=300, check=False)
        except OSError as error:
            raise WorkerFailed(f"the worker cannot be started: {error}") from error
        said, code = (done.stdout, "") if done.returncode == 0 else (done.stderr, str(done.returncode))
        yield pa.RecordBatch.from_pydict({"said": [said.decode("utf-8", "replace").strip()], "code": [code]})

    return apply


# --- the run --------------------------------------------------------------------------------------------------------------


class Run:
    """What the stages of a run share."""

    def __init__(self, spark, out, argv, options, strict, task_timeout, graph_frames):
        self.spark, self.out, self.argv, self.strict, self.task_timeout = spark, out, argv, strict, task_timeout
        self.graph_frames, self.stages = graph_frames, []
        asked = spark.range(1, numPartitions=1).mapInArrow(ask_plan(argv + ["worker", "plan"] + flags_of(options)), "said string, code string")
        said, code = asked.first()
        if code != "":
            raise ValueError(said.removeprefix("twicetold: "))
        self.plan = json.loads(said)
        self.options = self.plan["options"]
        # A random seed is drawn once for all workers.
        self.flags = flags_of({**options, "seed": self.options["seed"]})

    def stage(self, name, frame):
        """Has a frame written and reads it back."""
        path = f"{self.out}/_stages/{name}"
        begun = time.time()
        self.spark.sparkContext.setJobDescription(f"twicetold: {name}")
        frame.write.mode("overwrite").parquet(path)
        self.stages.append({"stage": name, "began": begun, "seconds": round(time.time() - begun, 3)})
        return self.spark.read.parquet(path)

    def work(self, frame, step, *more):
        """Has the workers do a step for the rows of a frame."""
        columns = self.plan["steps"][step]
        given = [F.col(name).cast(spark_type(kind)) for name, kind in columns["takes"].items() if name in frame.columns]
        schema = ", ".join(f"{name} {spark_type(kind)}" for name, kind in columns["gives"].items())
        flags = self.flags + (["--strict"] if self.strict else [])
        argv = self.argv + ["worker", step, *more, *flags]
        return frame.select(*given).mapInArrow(worker_step(argv, self.task_timeout), schema)


def spark_type(kind):
    return f"array<{spark_type(kind[5:-1])}>" if kind.startswith("list<") else SPARK_TYPES[kind]


def flags_of(options):
    """A detector's options, by the names that they have in the API, as the flags of the command line."""
    flags = []
    for name, value in options.items():
        flag = "--" + "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
        if name == "lexicon":
            flags += [] if value else ["--no-lexicon"]
        else:
            flags += [flag, ",".join(value) if isinstance(value, (list, tuple)) else str(value)]
    return flags


def detect(
    spark: SparkSession,
    documents,
    out: str,
    *,
    fields=None,
    format=None,  # noqa: A002
    worker=None,
    strict=False,
    task_timeout=600,
    report=True,
    keep_stages=False,
    graph_frames=True,
    **options,
):
    """Finds what is told twice in a corpus, as `detect` of twicetold does, and writes it to a folder that all executors reach.

    :param documents: a DataFrame with the columns `id` and `text`, and those of `title`, `published`, `language`, `source`,
        `url`, `author`, `copyright` that there are; or a path, or several, of Parquet, JSON lines or text files
    :param out: the folder; it gets `pairs`, `documents`, `clusters`, `passage_clusters`, `boilerplate`, `boilerplate_places` and
        `quarantine` as Parquet, and `report.json`, which `twicetold report` shows
    :param fields: columns that go by other names: `{'text': 'article', 'published': 'date'}`
    :param format: `parquet`, `jsonl` or `text` (a document a file); default by the files' endings, `.parquet`, `.txt`, any other for `jsonl`
    :param worker: the command that starts twicetold on an executor; `{files}` stands for Spark's folder of files. Default: the
        environment's TWICETOLD_WORKER, else Node and the package that this file is in
    :param strict: end the run at the first document that cannot be read; else it goes to `quarantine` with the reason
    :param task_timeout: seconds that a worker may take and give nothing; then it is ended and Spark tries the task again
    :param report: write `report.json`, which holds all documents, pairs and clusters
    :param keep_stages: keep `<out>/_stages`, which a run that fails leaves in any case
    :param graph_frames: find connected components by GraphFrames where the cluster has it
    :param options: those of `detect`, by the same names. `timeoutMs` holds for a document, or a pair; not for the whole run
    :returns: the report's `stats`, with the seconds of each stage and the number of rows in `quarantine`
    :raises ValueError: for an option that is none, or out of its range; documents that cannot be read at all; a folder that holds
        what this driver did not write, or the documents
    :raises WorkerFailed: where a worker cannot be started, ends with an error or is killed, more often than Spark tries a task
    """
    check_arguments(documents, out, fields or {}, format, task_timeout, options)
    options = {name: value for name, value in options.items() if value is not None}
    # Executors need not have this file.
    if __name__ != "__main__":
        from pyspark import cloudpickle

        cloudpickle.register_pickle_by_value(sys.modules[__name__])
    tasks = str(TASKS_A_CORE * spark.sparkContext.defaultParallelism)
    conf = {**CONF, "spark.sql.files.minPartitionNum": tasks, "spark.sql.adaptive.coalescePartitions.minPartitionNum": tasks}
    before = {name: spark.conf.get(name, None) for name in conf}
    for name, value in conf.items():
        spark.conf.set(name, value)
    try:
        run = Run(spark, out.rstrip("/"), command_of(worker), options, strict, task_timeout, graph_frames)
        return run_stages(run, documents, fields or {}, format, report, keep_stages)
    except (PySparkException, Py4JJavaError) as error:
        said = re.search(r"WorkerFailed: (.+)", str(error))
        if said is None:
            raise
        raise WorkerFailed(said[1]) from error
    finally:
        spark.sparkContext.setJobDescription(None)
        for name, value in before.items():
            spark.conf.unset(name) if value is None else spark.conf.set(name, value)


def check_arguments(documents, out, fields, format, task_timeout, options):  # noqa: A002
    """Refuses what is none before anything runs; whether options are in their ranges is for the workers to say."""
    unknown = sorted(set(options) - {*OPTIONS, "lexicon"})
    if unknown:
        raise ValueError(f"detect has no option {', '.join(unknown)}; it has {', '.join([*OPTIONS, 'lexicon'])}")
    if not isinstance(options.get("lexicon"), (bool, type(None))):
        raise ValueError(f"lexicon must be True or False, got {options['lexicon']!r}")
    if isinstance(task_timeout, bool) or not isinstance(task_timeout, (int, float)) or not task_timeout > 0:
        raise ValueError(f"task_timeout must be more than 0 seconds, got {task_timeout!r}")
    if not isinstance(out, str) or out.strip("/") == "":
        raise ValueError(f"out must name a folder, got {out!r}")
    if any(c in out for c in "*?[]{}\\"):
        raise ValueError(f"out must name a folder without any of * ? [ ] {{ }} and \\, which Spark takes for a pattern, got {out!r}")
    if format not in (None, "parquet", "jsonl", "text"):
        raise ValueError(f"format must be parquet, jsonl or text, got {format!r}")
    unknown = set(fields) - set(PARTS)
    if unknown:
        raise ValueError(f"fields knows {', '.join(PARTS)}, got {', '.join(sorted(unknown))}")
    if isinstance(documents, DataFrame):
        return
    paths = [documents] if isinstance(documents, str) else documents
    if not isinstance(paths, (list, tuple)) or not all(isinstance(path, str) and path for path in paths):
        raise ValueError(f"documents must be a DataFrame of Spark, a path, or a list of paths, got {type(documents).__name__}")
    if not paths:
        raise ValueError("documents must name at least one path, got an empty list")


def command_of(worker):
    if worker is None:
        worker = os.environ.get("TWICETOLD_WORKER")
    if worker is None:
        package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        main_js = os.path.join(package, "dist", "cli", "main.js")
        if not os.path.exists(main_js):
            raise ValueError(f"worker must name the command that starts twicetold on an executor, or TWICETOLD_WORKER do: there is no {main_js} beside this file")
        return ["node", main_js]
    return shlex.split(worker) if isinstance(worker, str) else list(worker)


def run_stages(run, source, fields, format, report, keep_stages):  # noqa: A002
    """The way of the data, top to bottom, as in src/detect.ts."""
    rows = source if isinstance(source, DataFrame) else frame_of(run.spark, source, fields, format)
    make_room(run, source, rows, format)
    docs, refused = read_documents(run, rows, fields)
    read = run.stage("read", run.work(docs, "keys"))
    read, recurring = set_boilerplate_aside(run, docs, read)
    analysed = read.where("bad is null")
    unread = read.where("bad is not null").select("id", F.col("bad").alias("reason"), F.lit(None).cast("string").alias("row"))
    refused = refused.unionByName(unread)
    n = analysed.count()
    if n == 0:
        first = refused.first()
        if first is None:
            raise ValueError(f"there is no document in {'the table' if isinstance(source, DataFrame) else source}")
        raise ValueError(f"no document could be read; the first: {first['reason']} (id {first['id']!r}: {(first['row'] or '')[:200]})")
    if n > run.options["maxDocuments"]:
        raise ValueError(f"there are {n} documents, and maxDocuments allows {run.options['maxDocuments']}")
    terms, kept, capped = propose_by_terms(run, analysed)
    candidates, total = choose(run, analysed, n, terms, kept)
    compared = compare(run, docs, recurring, candidates, "verify")
    if kept is not None:
        compared = compare_among_others(run, docs, recurring, candidates, compared)
    pairs = compared.where("bad is null").drop("bad")
    clusters = cluster(run, pairs)
    refused = refused.unionByName(
        compared.where("bad is not null").select(F.concat_ws(" ~ ", "id_a", "id_b").alias("id"), F.col("bad").alias("reason"), F.lit(None).cast("string").alias("row"))
    )
    return write_results(run, analysed, pairs, clusters, refused, n, total, capped, report, keep_stages)


# --- reading --------------------------------------------------------------------------------------------------------------


def read_documents(run, rows, fields):
    """The documents in the order of their ids, each with its number `doc`; and the rows that are none, with the reason."""
    if LINE not in rows.columns:
        rows = parts_of(rows, fields)
    missing = lambda part: F.when(F.col(part).isNull(), f"INVALID_ARGUMENT: the {part} of a document must be a string, got null")  # noqa: E731
    rows = rows.withColumn("reason", F.coalesce(WRONG, missing("id"), missing("text")))
    # By UTF-16 code units, as ids are compared in JavaScript: for UTF-16BE that is the order of the bytes.
    ordered = rows.withColumn("_order", F.encode(F.coalesce("id", F.lit("")), "UTF-16BE"))
    ordered = ordered.repartitionByRange("_order").sortWithinPartitions("_order", "text", *[part for part in PARTS if part not in ("id", "text")], LINE)
    # Numbers need to rise with the ids and no more.
    ordered = run.stage("documents", ordered.withColumn("doc", F.monotonically_increasing_id()).drop("_order"))
    if fields:
        found = ordered.agg(F.count_if(F.col(WRONG).isNull()).alias("rows"), *[F.count(part).alias(part) for part in fields]).first()
        for part, name in fields.items():
            if found["rows"] > 0 and found[part] == 0:
                raise ValueError(f"none of the {found['rows']} documents has anything in {name}, which is to hold the {part}")
    docs = ordered.where("reason is null").drop("reason", LINE, WRONG)
    row = F.substring(F.coalesce(LINE, F.to_json(F.struct(*PARTS))), 1, 10_000)
    refused = ordered.where("reason is not null").select("id", "reason", row.alias("row"))
    twice = run.stage("twice", docs.groupBy("id").count().where("count > 1").select("id"))
    if not twice.isEmpty():
        nth = F.row_number().over(Window.partitionBy("id").orderBy("doc"))
        again = docs.join(twice, "id").withColumn("nth", nth).where("nth > 1")
        again = run.stage("again", again.select("id", "doc", F.to_json(F.struct(*PARTS)).substr(1, 10_000).alias("row")))
        docs = without(docs, again.select("doc"), ["doc"], again.count())
        said = F.lit("DUPLICATE_ID: another document has the same id; ids must be unique")
        refused = refused.unionByName(again.select("id", said.alias("reason"), "row"))
    if run.strict and not refused.isEmpty():
        first = refused.first()
        raise ValueError(f"{first['reason']} (id {first['id']!r}: {(first['row'] or '')[:200]})")
    return docs, refused


def parts_of(rows, fields):
    """The columns of a table that documents have, as text."""
    names = {part: fields.get(part, part) for part in PARTS}
    there = {name.lower() for name in rows.columns}
    schema = {part: column_of(rows, name) if part in fields or name in there else None for part, name in names.items()}
    for part in PARTS:
        if schema[part] is None and (part in fields or part in ("id", "text")):
            raise ValueError(f"the documents have no column {names[part]} for the {part}, only {', '.join(rows.columns)}; fields names columns, as `--{part}` does")
    given = {part: F.lit(None).cast("string") if schema[part] is None else text_of(part, *schema[part]) for part in PARTS}
    # As the reader of `twicetold scan` has it: what is empty is not given.
    columns = [(value if part in ("id", "text") else F.when(value != "", value)).alias(part) for part, value in given.items()]
    return rows.select(*columns, F.lit(None).cast("string").alias(LINE), F.lit(None).cast("string").alias(WRONG))


def column_of(rows, name):
    """A column by its name, or by a path into it, and its type; None: there is none."""
    for way in (f"`{name.replace('`', '``')}`", name):
        try:
            return F.col(way), rows.select(way).schema[0].dataType, name
        except AnalysisException as error:
            if "AMBIGUOUS" in (error.getCondition() or ""):
                raise ValueError(f"the documents have more than one column {name}: drop or rename all but one") from error
    return None


def text_of(part, column, kind, name):
    """A column as text; a point in time as an ISO 8601 string."""
    if isinstance(kind, (T.TimestampType, T.TimestampNTZType)):
        return F.date_format(column, "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
    if part == "published" and isinstance(kind, T.NumericType):
        number = column.cast("double")
        millis = F.when(F.abs(number) < 1e11, number * 1000).otherwise(number)
        # What no date of JavaScript can be is none; NaN is more than any number.
        millis = F.when(F.abs(millis) <= 8.64e15, millis.cast("bigint"))
        return F.date_format(F.timestamp_millis(millis), "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
    text = plain_text(column, kind, part in ("id", "text"))
    if text is None:
        raise ValueError(f"the column {name} cannot be the {part}: it is of type {kind.simpleString()}, and must be one of strings")
    return date_text(text) if part == "published" else text


def plain_text(column, kind, needed, depth=0):
    """A column as text, as `json_text` has values: a list is joined by lines, a struct with a name is its name. None: it has no text."""
    if depth < 4 and isinstance(kind, T.ArrayType):
        if plain_text(F.lit(None), kind.elementType, needed, depth + 1) is None:
            return None
        parts = F.transform(column, lambda part: plain_text(part, kind.elementType, needed, depth + 1))
        joined = F.array_join(F.filter(parts, lambda part: part.isNotNull()), "\n")
        return F.when(F.exists(parts, lambda part: part.isNotNull()), joined)
    if depth < 4 and isinstance(kind, T.StructType) and "name" in kind.names:
        return plain_text(column.getField("name"), kind["name"].dataType, needed, depth + 1)
    if isinstance(kind, (T.ArrayType, T.StructType, T.MapType, T.BooleanType)) or (needed and isinstance(kind, T.FractionalType) and not isinstance(kind, T.DecimalType)):
        return None
    return column.cast("string")


def date_text(text):
    """A column of dates with the wire's short form, `20250602T101500Z`, as others write it (`long_date`)."""
    part = lambda at: F.regexp_extract(text, SHORT_DATE, at)  # noqa: E731
    or_else = lambda at, other: F.when(part(at) == "", other).otherwise(part(at))  # noqa: E731
    day = F.concat(part(1), F.lit("-"), part(2), F.lit("-"), part(3))
    time = F.concat(F.lit("T"), part(4), F.lit(":"), part(5), F.lit(":"), or_else(6, "00"), or_else(7, "Z"))
    return F.when(~text.rlike(SHORT_DATE), text).otherwise(F.concat(day, F.when(part(4) == "", "").otherwise(time)))


def frame_of(spark, source, fields, format):  # noqa: A002
    """The rows of files: of a table its own columns, else those of a document, `LINE` and `WRONG`."""
    paths = [source] if isinstance(source, str) else list(source)
    exact = [literal(spark, path) for path in paths]
    try:
        kind = format or kind_of_files(spark, exact)
        if kind == "text" and fields:
            raise ValueError(f"text files have no columns, and fields names {', '.join(fields.values())}")
        if kind == "parquet":
            return whole_table(spark, exact)
        if kind == "jsonl":
            lines = spark.read.option("lineSep", "\n").option("recursiveFileLookup", "true").text(exact).select(F.col("value").cast("binary").alias("line"))
            return lines.mapInArrow(parse_lines(fields), ", ".join(f"`{name}` string" for name in [*PARTS, LINE, WRONG]))
        # Not as text, which takes any bytes for UTF-8.
        read = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(exact)
    except AnalysisException as error:
        raise ValueError(f"the documents cannot be read: {str(error).strip().splitlines()[0]}") from error
    root = hadoop_path(spark, paths[0]).toUri().getPath()
    path = F.url_decode(F.replace(F.regexp_replace("_metadata.file_path", "^[a-z0-9]+:(//[^/]*)?", ""), F.lit("+"), F.lit("%2B")))
    body = F.col("content").cast("string")
    columns = {
        "id": F.regexp_replace(path, f"^{regex_quoted(root)}/", ""),
        "text": F.when(F.is_valid_utf8(body), F.regexp_replace(body, "^\ufeff", "")),
        WRONG: F.when(~F.is_valid_utf8(body), "NOT_UTF8: the file is not UTF-8 text"),
    }
    return read.select(*[columns.get(name, F.lit(None).cast("string")).alias(name) for name in [*PARTS, LINE, WRONG]])


def kind_of_files(spark, paths):
    """What all files are by the endings of their names, or of a folder that they are in; that of a folder alone says nothing, for Spark names them as it is told."""
    kinds = {}
    for file in spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(paths).inputFiles():
        kinds.setdefault("parquet" if re.search(r"\.parquet(/|$)", file) else "text" if file.endswith(".txt") else "jsonl", file)
    if len(kinds) > 1:
        raise ValueError(f"the files are of different kinds ({', '.join(f'{kind}: {file}' for kind, file in sorted(kinds.items()))}): name those of one kind, or say by format what all are")
    return next(iter(kinds), "jsonl")


def whole_table(spark, paths):
    """A table of Parquet, with the columns that folders are named for (`language=en`); where folders within are left out by that, with all files."""
    every = spark.read.option("recursiveFileLookup", "true").parquet(*paths)
    try:
        table = spark.read.parquet(*paths)
    except AnalysisException:
        return every
    return table if set(table.inputFiles()) == set(every.inputFiles()) else every


def make_room(run, source, rows, format):  # noqa: A002
    """Sees that the folder is one of this driver, and that none of the documents is where it writes; removes what an earlier run left."""
    system = hadoop_path(run.spark, run.out).getFileSystem(run.spark._jsc.hadoopConfiguration())
    places = {name: hadoop_path(run.spark, f"{run.out}/{name}") for name in [*TARGETS, MARKER]}
    plain = lambda address: re.sub("^file:/+", "file:/", address)  # noqa: E731
    address = {name: plain(place.toUri().toString()) for name, place in places.items()}
    for file in map(plain, rows.inputFiles()):
        within = next((name for name in TARGETS if f"{file}/".startswith(f"{address[name]}/")), None)
        if within is not None:
            raise ValueError(f"{file} is one of the documents, and {run.out}/{within} is where the results go, which would remove it: name another folder")
    if format == "text" and not isinstance(source, DataFrame):
        for path in [source] if isinstance(source, str) else source:
            if address[MARKER].startswith(plain(hadoop_path(run.spark, path).toUri().toString()).rstrip("/") + "/"):
                raise ValueError(f"{run.out} is within {path}, all of whose files are documents: the results would be among them; name another folder")
    there = [name for name in TARGETS if system.exists(places[name])]
    if there and not system.exists(places[MARKER]):
        raise ValueError(
            f"{run.out} has {', '.join(there)}, and no file {MARKER}, by which a folder is known that an earlier run wrote: "
            f"name another folder, or, where nothing of that is needed, remove it"
        )
    system.mkdirs(hadoop_path(run.spark, run.out))
    system.create(places[MARKER], True).close()
    for name in there:
        system.delete(places[name], True)


def literal(spark, path):
    """A path for Spark's readers, which take it for a pattern: where it is there as it stands, it is no pattern."""
    if not any(c in path for c in "*?[]{}\\"):
        return path
    there = hadoop_path(spark, path)
    if not there.getFileSystem(spark._jsc.hadoopConfiguration()).exists(there):
        return path
    return "".join(f"\\{c}" if c in "*?[]{}\\" else c for c in path)


def hadoop_path(spark, path):
    """A path with its file system, as Hadoop writes it."""
    found = spark._jvm.org.apache.hadoop.fs.Path(path)
    return found.getFileSystem(spark._jsc.hadoopConfiguration()).makeQualified(found)


def regex_quoted(text):
    return "".join(c if c.isalnum() or c in "/_-" else f"\\{c}" for c in text)


# --- lines of JSON --------------------------------------------------------------------------------------------------------


def parse_lines(fields):
    """A function for mapInArrow that reads lines of JSON as `twicetold scan` does (src/node/readers/record.ts): a line is one object."""
    names = {part: fields.get(part, part) for part in PARTS}

    def apply(batches):
        import pyarrow as pa

        decoder = json.JSONDecoder(parse_int=whole_number, parse_constant=refuse_constant)
        for batch in batches:
            columns = {name: [] for name in [*PARTS, LINE, WRONG]}
            for line in batch.column(0).to_pylist():
                text = line.decode("utf-8-sig", "replace")
                if not text.strip():
                    continue
                record, wrong = read_line(decoder, line)
                for part, name in names.items():
                    value = json_field(record, name)
                    found = json_date(value) if part == "published" else json_text(value)
                    columns[part].append(found if part in ("id", "text") or found else None)
                columns[LINE].append(None if wrong is None else text[:10_000])
                columns[WRONG].append(wrong)
            yield pa.RecordBatch.from_pydict(columns, pa.schema([(name, pa.string()) for name in columns]))

    return apply


def read_line(decoder, line):
    """The object of a line, or what is wrong with it."""
    try:
        record = decoder.decode(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return {}, "NOT_UTF8: the line is not UTF-8"
    except (ValueError, RecursionError) as error:
        return {}, f"MALFORMED: the line is no JSON: {error}"
    return (record, None) if isinstance(record, dict) else ({}, "MALFORMED: the line is no JSON object with fields")


def whole_number(digits):
    """A number as JavaScript has it, and one that it cannot hold, as ids of 64 bits, with its digits (src/node/readers/exactjson.ts)."""
    number = float(digits)
    return number if abs(number) < 2**53 or len(digits) > 400 else int(digits)


def refuse_constant(name):
    raise ValueError(f"{name} is no JSON")


def json_field(record, name):
    """A field by its name, else by the path that the name's dots lead along."""
    if name in record:
        return record[name]
    value = record
    for part in name.split("."):
        if not isinstance(value, dict) or part not in value:
            return None
        value = value[part]
    return value


def json_text(value, depth=0):
    """A value as text: a list is joined by lines, an object with a name is its name. Half surrogate pairs become U+FFFD: Spark has only Unicode."""
    if isinstance(value, str):
        try:
            value.encode()
            return value
        except UnicodeEncodeError:
            return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, float):
        return number_text(value)
    if type(value) is int:
        return str(value)
    if depth < 4 and isinstance(value, list):
        parts = [part for part in (json_text(each, depth + 1) for each in value) if part is not None]
        return "\n".join(parts) if parts else None
    return json_text(value.get("name"), depth + 1) if depth < 4 and isinstance(value, dict) else None


def number_text(number):
    """A number as JavaScript writes it."""
    if number in (float("inf"), float("-inf")):
        return "-Infinity" if number < 0 else "Infinity"
    if number == 0:
        return "0"
    sign, digits, exponent = decimal.Decimal(repr(number)).normalize().as_tuple()
    digits, minus = "".join(map(str, digits)), "-" if sign else ""
    point = len(digits) + exponent
    if 0 < point <= 21:
        whole = digits.ljust(point, "0")
        return minus + whole[:point] + ("." + whole[point:] if whole[point:] else "")
    if -6 < point <= 0:
        return f"{minus}0.{'0' * -point}{digits}"
    return f"{minus}{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}e{point - 1:+d}"


def json_date(value):
    """A date as text; numbers are seconds or milliseconds since 1970."""
    if not isinstance(value, float):
        return long_date(json_text(value)) if isinstance(value, str) else None
    seconds = value if abs(value) < 1e11 else value / 1000
    try:
        time = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=int(seconds * 1000))
    except (OverflowError, ValueError):
        return None
    return time.isoformat(timespec="milliseconds") + "Z"


def long_date(text):
    """A date that may be in the wire's short form, as src/node/readers/record.ts has it."""
    found = re.match(SHORT_DATE, text, re.ASCII)
    if found is None:
        return text
    year, month, day, hour, minute, second, zone = found.groups()
    return f"{year}-{month}-{day}" + ("" if hour is None else f"T{hour}:{minute}:{second or '00'}{zone or 'Z'}")


# --- boilerplate ----------------------------------------------------------------------------------------------------------


def set_boilerplate_aside(run, docs, read):
    """Finds the lines that recur, and has the documents read again that have some (src/corpus/recurringlines.ts); gives all that was
    read, that which could not be (`bad`) too."""
    good = read.where("bad is null")
    zipped = F.posexplode(F.arrays_zip("line_keys", "line_needed")).alias("line", "of")
    lines = good.select("doc", zipped).select("doc", "line", F.col("of.line_keys").alias("line_key"), F.col("of.line_needed").alias("needed"))
    counts = lines.groupBy("line_key").agg(F.countDistinct("doc").alias("documents"), F.min("needed").alias("least"))
    frequent = run.stage("lines", counts.where("documents >= least").drop("least"))
    nobody = run.spark.createDataFrame([], "doc bigint, recurring array<int>")
    if frequent.isEmpty():
        return read, nobody
    # Of each line the first documents that have it are asked what stands around it.
    shown = lines.join(frequent, "line_key").groupBy("line_key", "doc").agg(F.min("line").alias("line"))
    nth = F.row_number().over(Window.partitionBy("line_key").orderBy("doc"))
    shown = shown.withColumn("nth", nth).where(F.col("nth") <= run.plan["witnesses"])
    asked = shown.groupBy("doc").agg(F.sort_array(F.collect_list(F.struct("line", "line_key"))).alias("of"))
    asked = asked.select("doc", F.col("of.line").alias("lines"), F.col("of.line_key").alias("line_keys"))
    around = run.stage("surroundings", run.work(docs.join(asked, "doc"), "surroundings"))
    recurs = run.work(around.repartition("line_key").sortWithinPartitions("line_key"), "recurring")
    found = lines.join(frequent, "line_key").where("documents >= needed").join(recurs, "line_key")
    recurring = run.stage("recurring", found.groupBy("doc").agg(F.sort_array(F.collect_list("line")).alias("recurring")))
    if recurring.isEmpty():
        return read, nobody
    again = run.work(docs.join(recurring, "doc"), "keys")
    rest = read.join(recurring.select("doc"), "doc", "left_anti")
    return run.stage("reread", rest.unionByName(again)), recurring


# --- candidates -----------------------------------------------------------------------------------------------------------


def propose_by_terms(run, analysed):
    """Counts the rare-term keys that documents share, and keeps each one's likeliest partners (src/candidates/candidates.ts)."""
    if run.options["level"] == "document":
        return None, None, 0
    options, most = run.options, run.plan["mostPartners"]
    holders = analysed.select("doc", F.explode("terms").alias("term"))
    counts = holders.groupBy("term").agg(F.count("*").alias("count")).where("count > 1")
    unsigned = F.when(F.col("term") < 0, F.col("term").cast("bigint") + 2**32).otherwise(F.col("term").cast("bigint"))
    ranks = numbered(run, "ranks", counts.withColumn("id", unsigned), ["count", "id"])
    signed = F.when(F.col("number") >= 2**31, F.col("number") - 2**32).otherwise(F.col("number")).cast("int")
    ranks = ranks.select("term", F.col("count").cast("int").alias("count"), signed.alias("rank"))
    of = F.collect_list(F.struct("term", "rank", "count")).alias("of")
    ranked = holders.join(ranks, "term").groupBy("doc").agg(of)
    ranked = ranked.select("doc", F.col("of.term").alias("ranked_terms"), F.col("of.rank").alias("ranks"), F.col("of.count").alias("counts"))
    terms = run.stage("terms", run.work(analysed.select("doc", "sentence_terms").join(ranked, "doc", "left"), "terms"))

    keys = terms.select("doc", F.explode("keys").alias("key"))
    full = keys.groupBy("key").count().where(F.col("count") > options["maxKeyDocuments"])
    full = run.stage("capped_keys", full.select("key"))
    capped = full.count()
    owners = without(keys, full, ["key"], capped).groupBy("key").agg(F.sort_array(F.collect_list("doc")).alias("docs"))
    # For each document and key those behind it that have the key too, and not a row for each two, of which there are many times more.
    each = owners.where(F.size("docs") > 1).select(F.posexplode("docs").alias("at", "doc"), "docs").where(F.col("at") + 1 < F.size("docs"))
    each = each.select("doc", F.slice("docs", F.col("at") + 2, F.size("docs")).alias("others"))
    shared = run.stage("shared", run.work(each.repartition("doc").sortWithinPartitions("doc"), "partners"))
    # What a partner must share at least with each document, so that no document has more than it may.
    both = shared.select(F.col("a").alias("doc"), "shared").unionAll(shared.select(F.col("b").alias("doc"), "shared"))
    both = both.withColumn("shared", F.least("shared", F.lit(255)))
    crowded = both.groupBy("doc").agg(F.count("*").alias("n")).where(F.col("n") > most).select("doc")
    levels = both.join(crowded, "doc", "left_semi").groupBy("doc", "shared").agg(F.count("*").alias("n"))
    running = levels.withColumn("above", F.sum("n").over(Window.partitionBy("doc").orderBy(F.desc("shared"))))
    least = run.stage("least", running.where(F.col("above") > most).groupBy("doc").agg((F.max("shared") + 1).alias("least")))
    bound = F.lit(options["minSharedKeys"])
    kept = (
        shared.join(least.select(F.col("doc").alias("a"), F.col("least").alias("least_a")), "a", "left")
        .join(least.select(F.col("doc").alias("b"), F.col("least").alias("least_b")), "b", "left")
        .where(F.least("shared", F.lit(256)) >= F.least(F.coalesce("least_a", bound), F.coalesce("least_b", bound)))
    )
    return terms, kept.select("a", "b", F.least("shared", F.lit(255)).cast("int").alias("shared")), capped


def numbered(run, name, frame, by):
    """Rows numbered from 1 in the order of some columns: sorted by ranges, counted, and each range moved behind those before it."""
    ordered = frame.repartitionByRange(*by).sortWithinPartitions(*by)
    place = F.monotonically_increasing_id().bitwiseAND(F.lit(2**33 - 1))
    staged = run.stage(name, ordered.withColumn("_range", F.spark_partition_id()).withColumn("_at", place))
    offsets, before = [], 0
    for at, count in sorted(tuple(row) for row in staged.groupBy("_range").count().collect()):
        offsets.append((at, before))
        before += count
    offsets = run.spark.createDataFrame(offsets, "_range int, _before bigint")
    return staged.join(F.broadcast(offsets), "_range").withColumn("number", F.col("_before") + F.col("_at") + 1).drop("_range", "_at", "_before")


def without(frame, full, by, count):
    """A frame without the rows of full keys: those are sent to all executors where they are few, so that none gets all their rows."""
    return frame.join(F.broadcast(full) if count <= BROADCAST_KEYS else full, by, "left_anti")


def every_two(docs):
    """The pairs of an ascending array, `a` before `b`, a row each."""
    later = lambda x, i: F.transform(F.slice(docs, i + F.lit(2), F.size(docs)), lambda y: F.struct(x.alias("a"), y.alias("b")))  # noqa: E731
    return F.explode(F.flatten(F.transform(docs, later))).alias("pair")


def propose_by_bands(run, analysed):
    """Pairs that share a band; in a full one each document with its leader only (src/candidates/bandlinks.ts)."""
    options, kinds, crowd = run.options, run.plan["kinds"], run.plan["crowd"]
    banded = analysed.where(F.size("bands") > 0)
    bands = banded.select("doc", F.posexplode("bands").alias("band", "key"))
    full = bands.groupBy("band", "key").count().where(F.col("count") > options["maxKeyDocuments"])
    full = run.stage("full_bands", full.select("band", "key"))
    count = full.count()
    groups = without(bands, full, ["band", "key"], count).groupBy("band", "key").agg(F.sort_array(F.collect_list("doc")).alias("docs"))
    kind = F.when(F.size("docs") > crowd, kinds["IN_CROWD"]).otherwise(kinds["BY_BAND"]).alias("kind")
    links = groups.select(every_two("docs"), kind).select("pair.*", "kind")
    if count > 0:
        led = bands.join(full, ["band", "key"]).join(banded.select("doc", "bands"), "doc")
        led = run.work(led.repartition("band", "key").sortWithinPartitions("band", "key", "doc"), "leaders")
        links = links.unionByName(led.withColumn("kind", F.lit(kinds["BY_LEADER"])))
    return links.groupBy("a", "b").agg(F.max("kind").alias("kind"))


def choose(run, analysed, n, terms, kept):
    """All pairs that are proposed, without those whose terms say that comparing them is not worth while (src/candidates/overlap.ts)."""
    kinds = run.plan["kinds"]
    links = propose_by_bands(run, analysed)
    if kept is None:
        proposed = links.withColumn("shared", F.lit(0))
    else:
        proposed = kept.join(links, ["a", "b"], "full").select("a", "b", F.coalesce("shared", F.lit(0)).alias("shared"), F.coalesce("kind", F.lit(kinds["BY_TERMS"])).alias("kind"))
    proposed = run.stage("proposed", proposed)
    if kept is not None and n >= run.plan["knownCorpus"]:
        asked = proposed.where(F.col("kind") == kinds["BY_TERMS"])
        sides = [terms.select(F.col("doc").alias(side), F.col("packed").alias(f"packed_{side}")) for side in "ab"]
        # Merged last by `a`, so that its pairs stand together.
        asked = asked.join(sides[1].hint("merge"), "b").join(sides[0].hint("merge"), "a")
        passed = run.stage("overlap", run.work(asked, "overlap", "--documents", str(n)))
        passed = passed.withColumn("kind", F.lit(kinds["BY_TERMS"]))
        proposed = proposed.where(F.col("kind") != kinds["BY_TERMS"]).select("a", "b", "kind").unionByName(passed)
    # Documents that have many partners still may be one form filled with different facts.
    both = proposed.select(F.col("a").alias("doc")).unionAll(proposed.select(F.col("b").alias("doc")))
    crowd = both.groupBy("doc").agg(F.count("*").alias("n")).where(F.col("n") >= run.plan["crowd"])
    in_crowd = F.col("n_a").isNotNull() & F.col("n_b").isNotNull()
    candidates = (
        proposed.join(crowd.select(F.col("doc").alias("a"), F.col("n").alias("n_a")), "a", "left")
        .join(crowd.select(F.col("doc").alias("b"), F.col("n").alias("n_b")), "b", "left")
        .select("a", "b", F.when(in_crowd, F.greatest("kind", F.lit(kinds["IN_CROWD"]))).otherwise(F.col("kind")).alias("kind"))
    )
    candidates = run.stage("candidates", candidates)
    total = candidates.count()
    if total > run.options["maxCandidates"]:
        raise ValueError(f"there are {total} candidate pairs, and maxCandidates allows {run.options['maxCandidates']}")
    return candidates, total


# --- comparing and clustering ---------------------------------------------------------------------------------------------


def compare(run, docs, recurring, candidates, stage):
    """Joins the texts to the pairs and has them compared. Pairs of one document that has very many are spread by salt."""
    texts = docs.select("doc", "id", "text", "published", "language").join(recurring, "doc", "left")
    sides = [texts.select(F.col("doc").alias(side), *[F.col(c).alias(f"{c}_{side}") for c in texts.columns if c != "doc"]) for side in "ab"]
    salts = candidates.groupBy("a").agg(F.ceil(F.count("*") / PAIRS_A_SALT).cast("int").alias("salts")).where("salts > 1")
    spread = candidates.join(salts, "a", "left").withColumn("salt", F.pmod("b", F.coalesce("salts", F.lit(1))).cast("int")).drop("salts")
    copies = F.explode(F.sequence(F.lit(0), F.coalesce("salts", F.lit(1)) - 1)).alias("salt")
    first = sides[0].join(salts, "a", "left").select(*sides[0].columns, copies)
    # Merged last by `a`, so that its pairs stand together.
    joined = spread.join(sides[1].hint("merge"), "b").join(first.hint("merge"), ["a", "salt"])
    return run.stage(stage, run.work(joined, "verify"))


def compare_among_others(run, docs, recurring, candidates, compared):
    """Compares once more the related pairs between documents of whose candidates most tell of other things (src/candidates/candidates.ts)."""
    told = candidates.join(compared.select("a", "b", F.coalesce("bad", "relation").alias("told"), F.col("bad").isNotNull().alias("is_bad")), ["a", "b"], "left")
    told = told.where(~F.coalesce("is_bad", F.lit(False)))
    sides = [told.select(F.col(side).alias("doc"), F.col("told").isNull().cast("int").alias("other")) for side in "ab"]
    counts = sides[0].unionAll(sides[1]).groupBy("doc").agg(F.sum("other").alias("others"), F.count("*").alias("partners"))
    among = counts.where((F.col("others") >= run.plan["others"]) & (F.col("others") >= run.plan["mostlyOthers"] * F.col("partners"))).select("doc")
    related = compared.where("bad is null").where(F.col("relation").isin("rewrite", "excerpt")).select("a", "b", "alike")
    again = related.join(among.withColumnRenamed("doc", "a"), "a").join(among.withColumnRenamed("doc", "b"), "b")
    again = run.stage("among_others", again.select("a", "b", F.lit(run.plan["kinds"]["AMONG_OTHERS"]).alias("kind"), "alike"))
    if again.count() == 0:
        return compared
    second = compare(run, docs, recurring, again, "verify_again")
    return compared.join(again.select("a", "b"), ["a", "b"], "left_anti").select(*second.columns).unionByName(second)


def cluster(run, pairs):
    """Clusters the pairs of each connected component, which hang together by nothing else."""
    named = components(run, pairs.select("a", "b"))
    joined = pairs.join(named.withColumnRenamed("doc", "a"), "a")
    ordered = joined.repartition("component").sortWithinPartitions("component", F.desc("score"), "a", "b")
    return run.stage("clusters", run.work(ordered, "cluster"))


def components(run, pairs):
    """For each document the least one that it is connected with, by GraphFrames where the cluster has it, else by `components_by_stars`."""
    edges = run.stage("edges_0", pairs.select(F.greatest("a", "b").alias("u"), F.least("a", "b").alias("v")).distinct())
    graph_frame = graph_frames(run.spark) if run.graph_frames else None
    return components_by_stars(run, edges) if graph_frame is None else components_by_graph_frames(run, edges, graph_frame)


def graph_frames(spark):
    """The class GraphFrame, where both the Python package and its jar are there."""
    try:
        from graphframes import GraphFrame

        spark._jvm.Thread.currentThread().getContextClassLoader().loadClass("org.graphframes.GraphFrame")
    except (ImportError, Py4JJavaError):
        return None
    return GraphFrame


def components_by_graph_frames(run, edges, graph_frame):
    """Its components have numbers of its own, in whose place the least document stands."""
    context = run.spark.sparkContext
    before = context._jsc.sc().checkpointDir()
    if before.isEmpty():
        context.setCheckpointDir(f"{run.out}/_stages/checkpoints")
    try:
        vertices = edges.select(F.col("u").alias("id")).union(edges.select("v")).distinct()
        found = graph_frame(vertices, edges.select(F.col("u").alias("src"), F.col("v").alias("dst"))).connectedComponents()
        least = found.groupBy("component").agg(F.min("id").alias("least"))
        named = found.join(least, "component").select(F.col("id").alias("doc"), F.col("least").alias("component"))
        return run.stage("graph_frames", named)
    finally:
        # The folder goes with the stages, and later checkpoints of the session with it.
        getattr(context._jsc.sc(), "checkpointDir_$eq")(before)


def components_by_stars(run, edges):
    """Alternating large-star and small-star (Kiveris, Lattanzi, Mirrokni, Rastogi, Vassilvitskii, "Connected Components in MapReduce and
    Beyond", 2014). It ends when an iteration changes nothing."""
    sum_of = lambda frame: tuple(frame.agg(F.count("*"), F.sum(F.xxhash64("u", "v").cast("decimal(38,0)"))).first())  # noqa: E731
    before, turn = sum_of(edges), 0
    while True:
        both = edges.unionAll(edges.select(F.col("v").alias("u"), F.col("u").alias("v")))
        least = both.groupBy("u").agg(F.least(F.min("v"), F.col("u")).alias("m"))
        large = both.where("v > u").join(least, "u").select(F.col("v").alias("u"), F.col("m").alias("v")).distinct()
        least = large.groupBy("u").agg(F.min("v").alias("m"))
        small = large.join(least, "u")
        hung = small.where("v != m").select(F.col("v").alias("u"), F.col("m").alias("v")).unionAll(least.select("u", F.col("m").alias("v")))
        turn += 1
        edges = run.stage(f"edges_{turn % 2}", hung.distinct())
        after = sum_of(edges)
        if after == before:
            break
        before = after
    roots = edges.select(F.col("v").alias("doc"), F.col("v").alias("component")).distinct()
    return edges.select(F.col("u").alias("doc"), F.col("v").alias("component")).unionAll(roots)


# --- results --------------------------------------------------------------------------------------------------------------


def write_results(run, analysed, pairs, clusters, refused, n, total, capped, report, keep_stages):
    spans = ["span_keys", "span_starts", "span_ends", "span_recurs", "span_texts"]
    places = analysed.where(F.size("span_keys") > 0).select("doc", "id", F.posexplode(F.arrays_zip(*spans)).alias("nth", "of"))
    places = places.select("doc", "id", "nth", *[F.col(f"of.{name}").alias(name[5:-1]) for name in spans])
    lines = places.groupBy("key").agg(
        F.min_by("text", F.struct("doc", "nth")).alias("text"),
        F.countDistinct("doc").alias("documents"),
        F.when(F.max("recur") == 1, "recurring").otherwise("furniture").alias("reason"),
        F.min(F.struct("doc", "nth")).alias("first"),
    )
    tables = {
        "documents": analysed.select("doc", "id", "words", "sentences", F.col("summary").alias("json")),
        "pairs": pairs.drop("alike"),
        "clusters": clusters.where(F.col("of") == "documents").select("component", "size", "first", "json"),
        "passage_clusters": clusters.where(F.col("of") == "passages").select("component", "size", "first", "start", "json"),
        "boilerplate": lines,
        "boilerplate_places": places.drop("text"),
        "quarantine": refused,
    }
    read = {}
    for name, frame in tables.items():
        begun = time.time()
        run.spark.sparkContext.setJobDescription(f"twicetold: result {name}")
        frame.write.mode("overwrite").parquet(f"{run.out}/{name}")
        run.stages.append({"stage": f"result {name}", "began": begun, "seconds": round(time.time() - begun, 3)})
        read[name] = run.spark.read.parquet(f"{run.out}/{name}")
    words, sentences, lexicons = analysed.agg(F.sum("words"), F.sum("sentences"), F.collect_set("lexicon")).first()
    stats = {
        "documents": n,
        "words": words or 0,
        "sentences": sentences or 0,
        "candidates": total,
        "related": read["pairs"].count(),
        "cappedKeys": capped,
        "lexicon": sorted(lexicons),
    }
    if report:
        begun = time.time()
        run.spark.sparkContext.setJobDescription("twicetold: report")
        write_report(run, read, stats)
        run.stages.append({"stage": "report", "began": begun, "seconds": round(time.time() - begun, 3)})
    quarantined = read["quarantine"].count()
    if not keep_stages:
        folder = run.spark._jvm.org.apache.hadoop.fs.Path(f"{run.out}/_stages")
        folder.getFileSystem(run.spark._jsc.hadoopConfiguration()).delete(folder, True)
    return {**stats, "quarantined": quarantined, "stages": run.stages}


def write_report(run, tables, stats):
    """Writes the report as `JSON.stringify` would, part by part, in the order that `detect` gives it."""
    units = lambda column: F.encode(column, "UTF-16BE")  # noqa: E731
    parts = {
        "documents": tables["documents"].orderBy("doc"),
        "pairs": tables["pairs"].orderBy(F.desc("score"), "a", "b"),
        "clusters": tables["clusters"].orderBy(F.desc("size"), units("first")),
        "passageClusters": tables["passage_clusters"].orderBy(F.desc("size"), units("first"), "start"),
    }
    path = run.spark._jvm.org.apache.hadoop.fs.Path(f"{run.out}/report.json")
    target = path.getFileSystem(run.spark._jsc.hadoopConfiguration()).create(path, True)
    held = []

    def write(text, least=1 << 20):
        held.append(text)
        if sum(map(len, held)) >= least:
            target.write(bytearray("".join(held).encode()))
            held.clear()

    write("{")
    for name, frame in parts.items():
        write(f'"{name}":[')
        for at, row in enumerate(frame.select("json").toLocalIterator()):
            write(("," if at else "") + row["json"])
        write("],")
    write('"boilerplate":[')
    quoted = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))  # noqa: E731
    lines = tables["boilerplate"]
    each = tables["boilerplate_places"].join(lines, "key").orderBy(F.desc("documents"), units("text"), "first", "doc", "nth")
    reason = key = None
    for row in each.select("key", "text", "documents", "reason", "id", "start", "end").toLocalIterator():
        if row["key"] != key:
            write(f'],"reason":"{reason}"}},' if key is not None else "")
            write(f'{{"text":{quoted(row["text"])},"documents":{row["documents"]},"occurrences":[')
        write(("" if row["key"] != key else ",") + f'{{"document":{quoted(row["id"])},"start":{row["start"]},"end":{row["end"]}}}')
        key, reason = row["key"], row["reason"]
    write(f'],"reason":"{reason}"}}' if key is not None else "")
    write(f'],"stats":{quoted(stats)}}}\n', 0)
    target.close()


# --- spark-submit ---------------------------------------------------------------------------------------------------------

# Options of `detect` by the names that they have in the API; the flags are those of the command line.
OPTIONS = {
    "languages": lambda tags: tags.split(","),
    "rewriteThreshold": float,
    "copyThreshold": float,
    "shingleSize": int,
    "permutations": int,
    "seed": str,
    "maxKeyDocuments": int,
    "minSharedKeys": int,
    "level": str,
    "linkage": str,
    "maxDocumentBytes": int,
    "maxDocuments": int,
    "maxCandidates": int,
    "timeoutMs": int,
}


def main(args=None):
    parser = argparse.ArgumentParser(prog="twicetold_spark.py", description="Finds what is told twice in a corpus, on Apache Spark.")
    parser.add_argument("documents", nargs="+", help="Parquet, JSON lines or text files, or folders of them")
    parser.add_argument("--out", required=True, help="folder to write to, which all executors reach")
    parser.add_argument("--format", choices=["parquet", "jsonl", "text"])
    for flag, part in {"date": "published", **{part: part for part in PARTS if part != "published"}}.items():
        parser.add_argument(f"--{flag}", dest=f"field_{part}", metavar="COLUMN", help=f"column with the {flag}")
    parser.add_argument("--worker", help="command that starts twicetold on an executor")
    parser.add_argument("--strict", action="store_true", help="end at the first document that cannot be read")
    parser.add_argument("--task-timeout", type=float, default=600, help="seconds that a worker may take and give nothing")
    parser.add_argument("--no-report", action="store_true", help="write no report.json, only Parquet")
    parser.add_argument("--keep-stages", action="store_true", help="keep what the stages wrote")
    parser.add_argument("--stages", help="file to write what each stage took to")
    parser.add_argument("--no-graph-frames", action="store_true", help="find connected components without GraphFrames")
    parser.add_argument("--no-lexicon", action="store_true", help="use no knowledge of synonyms and rarity")
    for name, kind in OPTIONS.items():
        parser.add_argument(flags_of({name: ""})[0], dest=name, type=kind, help="as `detect` of twicetold has it")
    given = vars(parser.parse_args(args))
    fields = {part: given[f"field_{part}"] for part in PARTS if given.get(f"field_{part}")}
    options = {name: given[name] for name in OPTIONS if given[name] is not None}
    if given["no_lexicon"]:
        options["lexicon"] = False
    spark = SparkSession.builder.appName("twicetold").getOrCreate()
    try:
        done = detect(
            spark,
            given["documents"],
            given["out"],
            fields=fields,
            format=given["format"],
            worker=given["worker"],
            strict=given["strict"],
            task_timeout=given["task_timeout"],
            report=not given["no_report"],
            keep_stages=given["keep_stages"],
            graph_frames=not given["no_graph_frames"],
            **options,
        )
    except (ValueError, WorkerFailed) as error:
        sys.exit(f"twicetold: {error}")
    finally:
        spark.stop()
    if given["stages"]:
        with open(given["stages"], "w", encoding="utf8") as file:
            json.dump(done, file)
    stages = done.pop("stages")
    print(" ".join(f"{each['stage']} {each['seconds']:.1f}s" for each in stages), file=sys.stderr, flush=True)
    print(json.dumps(done))


if __name__ == "__main__":
    main()
