"""Tests of the driver's own Python, on a Spark of one thread: how it feeds workers, reads documents, and looks after its folder."""

import json
import os
import random
import shutil
import sys
import tempfile
import types
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/spark"))
import pyarrow as pa  # noqa: E402
import twicetold_spark as driver  # noqa: E402
from pyspark import SparkFiles  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

MAIN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../dist/cli/main.js")


class Feeding(unittest.TestCase):
    """What comes of a partition is everything, or an error."""

    def setUp(self):
        before = SparkFiles._root_directory, SparkFiles._is_running_on_worker
        SparkFiles._root_directory, SparkFiles._is_running_on_worker = "/", True
        self.addCleanup(lambda: (setattr(SparkFiles, "_root_directory", before[0]), setattr(SparkFiles, "_is_running_on_worker", before[1])))

    def batches(self, count=4, size=3):
        return [pa.RecordBatch.from_pydict({"id": [f"{n}-{i}" for i in range(size)]}) for n in range(count)]

    def work(self, batches, command=("cat",)):
        return sum(batch.num_rows for batch in driver.worker_step(list(command), 60)(iter(batches)))

    def test_everything(self):
        self.assertEqual(self.work(self.batches()), 12)

    def test_errors_of_the_input(self):
        def breaking(error):
            yield from self.batches(2)
            raise error

        for error in (OSError("no space"), pa.ArrowInvalid("unreadable"), pa.lib.ArrowMemoryError("malloc"), BrokenPipeError("Spark"), ValueError("other")):
            with self.assertRaises(type(error)) as caught:
                self.work(breaking(error))
            self.assertIs(caught.exception, error)

    def test_another_schema(self):
        with self.assertRaises(pa.ArrowInvalid):
            self.work([*self.batches(1), pa.RecordBatch.from_pydict({"other": ["x"]}), *self.batches(1)])

    def test_worker_that_ends_early(self):
        empty = "import sys, pyarrow as pa; pa.ipc.new_stream(sys.stdout.buffer, pa.schema([('id', pa.string())])).close()"
        for code in (0, 3):
            with self.assertRaisesRegex(driver.WorkerFailed, "before it had been given everything" if code == 0 else "exit code 3"):
                self.work(self.batches(50, 1000), [sys.executable, "-c", f"{empty}; sys.exit({code})"])


class Lines(unittest.TestCase):
    """A line of JSON is one object, or it is none."""

    def read(self, *lines, fields={}):
        batch = pa.RecordBatch.from_pydict({"line": pa.array([line if isinstance(line, bytes) else line.encode() for line in lines], pa.binary())})
        (done,) = driver.parse_lines(fields)(iter([batch]))
        return done.to_pylist()

    def test_what_is_none(self):
        for line in (
            '{"id":"a","text":"x"}{"id":"b","text":"y"}',
            '{"id":"a","text":"x"} garbage',
            "[]",
            '[{"id":"a","text":"x"},{"id":"b","text":"y"}]',
            "{'id':'a','text':'x'}",
            '{"id":"a","text":NaN}',
            '{"id":"a","text":"x","n":-Infinity}',
            '{"id":"a","text":"x",}',
            '{"id":"a","text":"a\tb"}',
            "null",
            '"str"',
            '{"id":"a","text":' + 100_000 * "[",
        ):
            (row,) = self.read(line)
            self.assertRegex(row[driver.WRONG] or "", "^MALFORMED: the line is no JSON", line)
            self.assertEqual((row["id"], row["text"], row[driver.LINE]), (None, None, line[:10_000]))
        (row,) = self.read(b'{"id":"a","text":"caf\xe9"}')
        self.assertRegex(row[driver.WRONG], "^NOT_UTF8: ")

    def test_what_is_one(self):
        given = {
            '{"id":"a","text":"x"}\r': ("a", "x"),
            "\ufeff" + '{"id":"a","text":"\ufeffx"}': ("a", "\ufeffx"),
            '{"id":"a","text":"one","text":"two"}': ("a", "two"),
            '{"id":"sur\\ud800","text":"\\ud83d\\ude00 \\udc00"}': ("sur\ufffd", "\U0001f600 \ufffd"),
            # As the reader of `twicetold scan` has them.
            '{"id":1,"text":"x"}': ("1", "x"),
            '{"id":1.0,"text":12.5}': ("1", "12.5"),
            '{"id":["x",["y"]],"text":{"name":"n"}}': ("x\ny", "n"),
            '{"id":true,"text":{"body":"hello"}}': (None, None),
            '{"id":null,"text":[]}': (None, None),
        }
        for line, wanted in given.items():
            (row,) = self.read(line)
            self.assertEqual((row["id"], row["text"], row[driver.WRONG]), (*wanted, None), line)
        self.assertEqual(self.read("", "  \t", "\r"), [])

    def test_numbers(self):
        # What String gives of them in JavaScript.
        for number, wanted in {
            # But for whole numbers that it cannot hold.
            "12345678901234567890": "12345678901234567890",
            "9007199254740992": "9007199254740992",
            "-9007199254740993": "-9007199254740993",
            "9007199254740991": "9007199254740991",
            "1e21": "1e+21",
            "1.5e300": "1.5e+300",
            "0.000001": "0.000001",
            "1e-7": "1e-7",
            "-0": "0",
            "-120": "-120",
            "0.1": "0.1",
            "1e999": "Infinity",
            "5e-324": "5e-324",
        }.items():
            self.assertEqual(self.read(f'{{"id":{number}}}')[0]["id"], wanted)

    def test_fields(self):
        (row,) = self.read('{"meta":{"id":"a"},"a.b":"x","a":{"b":"y"}}', fields={"id": "meta.id", "text": "a.b"})
        self.assertEqual((row["id"], row["text"]), ("a", "x"))
        short = ["20250602T101500Z", " 20250602T1015+0200 ", "20250602", "20250602T10", "half \ud800"]
        rows = self.read(*[json.dumps({"published": date}) for date in short])
        self.assertEqual([row["published"] for row in rows], ["2025-06-02T10:15:00Z", "2025-06-02T10:15:00+0200", "2025-06-02", "20250602T10", "half \ufffd"])
        rows = self.read('{"published":1717243200}', '{"published":1717243200123}', '{"published":"2025-06-02"}', '{"published":1e300}', '{"published":1717243200123456789}')
        self.assertEqual([row["published"] for row in rows], ["2024-06-01T12:00:00.000Z", "2024-06-01T12:00:00.123Z", "2025-06-02", None, None])


class Arguments(unittest.TestCase):
    def test_refused(self):
        def refused(words, documents="x.jsonl", out="out", fields={}, format=None, task_timeout=600, **options):  # noqa: A002
            with self.assertRaisesRegex(ValueError, words):
                driver.check_arguments(documents, out, fields, format, task_timeout, options)

        for documents in (None, 5, [None], {"id": "a"}):
            refused("documents must be a DataFrame of Spark, a path, or a list of paths", documents)
        refused("at least one path", [])
        refused("has no option fooBar; it has languages", fooBar=1)
        refused("has no option help", help=True)
        refused("has no option config", config="x")
        refused("lexicon must be True or False, got 'false'", lexicon="false")
        refused("lexicon must be True or False", lexicon={"en": "x"})
        for timeout in (0, -1, float("nan"), "5", True):
            refused("task_timeout must be more than 0", task_timeout=timeout)
        refused("fields knows id, .* got date", fields={"date": "d"})
        refused("format must be parquet, jsonl or text", format="csv")
        refused("out must name a folder", out="/")
        driver.check_arguments("x.jsonl", "out", {}, None, 1, {"lexicon": None, "maxKeyDocuments": None, "lexicon": False})


class OnSpark(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.spark = (
            SparkSession.builder.master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
            .getOrCreate()
        )
        cls.spark.sparkContext.setLogLevel("OFF")

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, content=""):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def room(self, source, out, format=None):  # noqa: A002
        run = driver.Run.__new__(driver.Run)
        run.spark, run.out = self.spark, os.path.join(self.folder, out)
        rows = driver.frame_of(self.spark, source, {}, format) if not hasattr(source, "columns") else source
        driver.make_room(run, source, rows, format)

    def test_folder(self):
        own = self.write("archive/documents/a b.jsonl", '{"id":"a","text":"x"}')
        frame = self.spark.read.json(os.path.dirname(own))
        for source in (os.path.dirname(own), own, frame):
            with self.assertRaisesRegex(ValueError, "would remove it: name another folder"):
                self.room(source, "archive")
        # What lies where results go, and is none of this driver.
        other = self.write("other.jsonl", '{"id":"a","text":"x"}')
        with self.assertRaisesRegex(ValueError, "archive has documents, and no file _twicetold"):
            self.room(other, "archive")
        self.assertTrue(os.path.exists(own))
        self.room(other, "found")
        self.write("found/report.json", "{}")
        self.write("found/pairs/part.parquet")
        self.write("found/mine.txt")
        self.room(other, "found")
        self.assertEqual(sorted(name for name in os.listdir(os.path.join(self.folder, "found")) if not name.endswith(".crc")), ["_twicetold", "mine.txt"])
        with self.assertRaisesRegex(ValueError, "the results would be among them"):
            self.room(self.folder, "found", "text")

    def test_files_of_text(self):
        names = {"a.txt": "alpha", "[b].txt": "\ufeffbeta", "sub/c d+%41.txt": "gamma", "latin.txt": b"caf\xe9", "_hidden.txt": "no", ".dot.txt": "no"}
        for name, content in names.items():
            self.write(f"texts[1]/{name}", content)
        rows = driver.frame_of(self.spark, f"{self.folder}/texts[1]", {}, "text").collect()
        self.assertEqual(
            {row["id"]: (row["text"], row[driver.WRONG]) for row in rows},
            {
                "a.txt": ("alpha", None),
                "[b].txt": ("beta", None),
                "sub/c d+%41.txt": ("gamma", None),
                "latin.txt": (None, "NOT_UTF8: the file is not UTF-8 text"),
            },
        )
        with self.assertRaisesRegex(ValueError, "text files have no columns"):
            driver.frame_of(self.spark, f"{self.folder}/texts[1]", {"text": "body"}, "text")
        for format in ("text", "jsonl", "parquet"):  # noqa: A001
            with self.assertRaisesRegex(ValueError, "the documents cannot be read: .*nowhere"):
                driver.frame_of(self.spark, f"{self.folder}/nowhere", {}, format)

    def test_columns(self):
        table = lambda query: self.spark.sql(f"select {query}")  # noqa: E731
        for query in ("array(true) id, 'x' text", "named_struct('a', 1) id, 'x' text", "true id, 'x' text", "1.5D id, 'x' text", "'a' id, map('a', 'b') text"):
            with self.assertRaisesRegex(ValueError, "the column (id|text) cannot be the \\1: it is of type (array|struct|boolean|double|map)"):
                driver.parts_of(table(query), {})
        with self.assertRaisesRegex(ValueError, "no column body for the text, only id, text"):
            driver.parts_of(table("1 id, 'x' text"), {"text": "body"})
        row = driver.parts_of(table("1 id, 'x' `a.b`, named_struct('b', 'y') a, array('p', 'q') author, 'mine' _broken"), {"text": "a.b"}).first()
        self.assertEqual((row["id"], row["text"], row["author"], row[driver.WRONG]), ("1", "x", "p\nq", None))

    def test_lists_and_structs(self):
        query = """array('a', null, 'b') text, named_struct('name', 'Reuters', 'url', 'x') source, array(named_struct('name', 'P'), named_struct('name', 'Q')) author,
            array(cast(null as string)) title, named_struct('name', 7) id, array(array('c', 'd'), array('e')) copyright, '20250602T1015' published"""
        row = driver.parts_of(self.spark.sql(f"select {query}"), {}).first()
        got = [row[part] for part in ("id", "text", "source", "author", "title", "copyright", "published")]
        self.assertEqual(got, ["7", "a\nb", "Reuters", "P\nQ", None, "c\nd\ne", "2025-06-02T10:15:00Z"])
        # The same out of a line.
        line = {"id": {"name": 7}, "text": ["a", None, "b"], "source": {"name": "Reuters"}, "author": [{"name": "P"}, {"name": "Q"}], "title": [None], "published": "20250602T1015"}
        (of_line,) = driver.frame_of(self.spark, self.write("line.jsonl", json.dumps({**line, "copyright": [["c", "d"], ["e"]]})), {}, None).collect()
        self.assertEqual([of_line[part] for part in ("id", "text", "source", "author", "title", "copyright", "published")], got)
        dates = ["20250602T101500Z", " 20250602T1015+0200 ", "20250602", "20250602T10", "Mon, 2 Jun 2025"]
        frame = self.spark.createDataFrame([(str(n), "x", date) for n, date in enumerate(dates)], "id string, text string, published string")
        found = [row["published"] for row in driver.parts_of(frame, {}).orderBy("id").collect()]
        self.assertEqual(found, ["2025-06-02T10:15:00Z", "2025-06-02T10:15:00+0200", "2025-06-02", "20250602T10", "Mon, 2 Jun 2025"])

    def test_columns_of_one_name(self):
        twice = self.spark.sql("select 'a' id, 'x' text, 'one' title, 'two' title")
        with self.assertRaisesRegex(ValueError, "more than one column title"):
            driver.parts_of(twice, {})

    def test_what_is_empty_and_dates_that_are_numbers(self):
        rows = driver.parts_of(self.spark.sql("select 'a' id, 'x' text, '' language, '' title, 1717243200 published"), {}).collect()
        rows += driver.parts_of(self.spark.sql("select 'a' id, 'x' text, '' language, '' title, 1717243200123D published"), {}).collect()
        path = self.write("empty.jsonl", '{"id":"a","text":"x","language":"","title":"","published":1717243200}')
        rows += driver.frame_of(self.spark, path, {}, None).collect()
        self.assertEqual([(row["language"], row["title"]) for row in rows], 3 * [(None, None)])
        dates = [row["published"] for row in rows]
        self.assertEqual(dates, ["2024-06-01T12:00:00.000Z", "2024-06-01T12:00:00.123Z", "2024-06-01T12:00:00.000Z"])

    def test_dates_that_no_number_is(self):
        for value in ("double('NaN')", "1e300D", "double('-Infinity')", "cast(null as bigint)", "9223372036854775807L"):
            (row,) = driver.parts_of(self.spark.sql(f"select 'a' id, 'x' text, {value} published"), {}).collect()
            self.assertEqual((row["id"], row["published"]), ("a", None), value)

    def test_worker_that_is_not_there(self):
        before = driver.__file__
        self.addCleanup(setattr, driver, "__file__", before)
        driver.__file__ = os.path.join(self.folder, "a/b/twicetold_spark.py")
        with self.assertRaisesRegex(ValueError, "worker must name the command .* TWICETOLD_WORKER"):
            driver.command_of(None)

    def test_files_in_folders_within(self):
        for name in ("a.jsonl", "2024/b.jsonl", "2024/01/c.jsonl"):
            self.write(f"archive/{name}", json.dumps({"id": name, "text": "x"}))
        rows = driver.frame_of(self.spark, f"{self.folder}/archive", {}, None).collect()
        self.assertEqual(sorted(row["id"] for row in rows), ["2024/01/c.jsonl", "2024/b.jsonl", "a.jsonl"])
        for name in ("", "/2024"):
            self.spark.sql(f"select 'id{name}' id, 'x' text").write.parquet(f"{self.folder}/tables{name}/part")
        rows = driver.frame_of(self.spark, f"{self.folder}/tables", {}, "parquet").collect()
        self.assertEqual(sorted(row["id"] for row in rows), ["id", "id/2024"])

    def test_kinds_of_files(self):
        # As Spark writes them: the folder has no ending, and its files have.
        self.spark.sql("select 'a' id, 'x' text").write.parquet(f"{self.folder}/archive")
        (row,) = driver.frame_of(self.spark, f"{self.folder}/archive", {}, None).collect()
        self.assertEqual((row["id"], row["text"]), ("a", "x"))
        self.write("texts/a.txt", "alpha")
        (row,) = driver.frame_of(self.spark, f"{self.folder}/texts", {}, None).collect()
        self.assertEqual((row["id"], row["text"]), ("a.txt", "alpha"))
        self.write("lines/part-0", '{"id":"b","text":"y"}')
        (row,) = driver.frame_of(self.spark, f"{self.folder}/lines", {}, None).collect()
        self.assertEqual((row["id"], row["text"]), ("b", "y"))
        self.write("table.parquet/000000_0", b"no table")
        self.assertEqual(driver.kind_of_files(self.spark, [f"{self.folder}/table.parquet"]), "parquet")
        for paths in (self.folder, [f"{self.folder}/archive", f"{self.folder}/lines"]):
            with self.assertRaisesRegex(ValueError, "files are of different kinds .*jsonl: .*part-0.*parquet: .*: name those of one kind"):
                driver.frame_of(self.spark, paths, {}, None)

    def test_worker_that_fails(self):
        with self.assertRaisesRegex(driver.WorkerFailed, "^the worker cannot be started: .*nowhere"):
            self.run_on([{"id": "a", "text": "x"}], worker=["/nowhere/node", MAIN])
        # It plans, and is gone then.
        gone = self.write("gone.py", "import subprocess, sys\nsys.exit(subprocess.run(['node', *sys.argv[1:]]).returncode if 'plan' in sys.argv else 'out of order')")
        with self.assertRaisesRegex(driver.WorkerFailed, "^worker keys ended with exit code 1: out of order$"):
            self.run_on([{"id": "a", "text": "x"}], worker=[sys.executable, gone, MAIN])
        with self.assertRaisesRegex(driver.WorkerFailed, "^worker keys ended with exit code [0-9]+: twicetold: .*tlh"):
            self.run_on([{"id": "a", "text": "x", "language": "tlh"}], strict=True)

    def test_folders_that_hold_a_column(self):
        self.spark.sql("select 'a' id, 'x' text, 'en' language").write.partitionBy("language").parquet(f"{self.folder}/parted")
        (row,) = driver.frame_of(self.spark, f"{self.folder}/parted", {}, "parquet").collect()
        self.assertEqual((row["id"], row["language"]), ("a", "en"))

    def test_which_of_two_stays(self):
        documents = [{"id": "a", "text": "x", "published": "2025-05-05"}, {"id": "a", "text": "x", "published": "2025-01-01"}]
        for n, order in enumerate((documents, documents[::-1])):
            run = driver.Run.__new__(driver.Run)
            run.spark, run.out, run.stages, run.strict = self.spark, os.path.join(self.folder, f"found{n}"), [], False
            path = self.write(f"documents{n}.jsonl", "\n".join(map(json.dumps, order)))
            docs, _ = driver.read_documents(run, driver.frame_of(self.spark, path, {}, None), {})
            self.assertEqual([row["published"] for row in docs.collect()], ["2025-01-01"])

    def test_nothing_to_read(self):
        with self.assertRaisesRegex(ValueError, "there is no document in"):
            self.run_on([])

    def test_a_folder_that_looks_like_a_pattern(self):
        with self.assertRaisesRegex(ValueError, "out must name a folder without"):
            driver.check_arguments("x.jsonl", "found[1]", {}, None, 600, {})

    def run_on(self, lines, **options):
        path = self.write("documents.jsonl", "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
        out = os.path.join(self.folder, "found")
        return out, driver.detect(self.spark, path, out, **{"worker": ["node", MAIN], **options})

    def test_nothing_is_found_in_a_field(self):
        with self.assertRaisesRegex(ValueError, "none of the 1 documents has anything in tittle, which is to hold the title"):
            self.run_on([{"id": "a", "text": "x"}, "no JSON"], fields={"title": "tittle"})
        with self.assertRaisesRegex(ValueError, "no document could be read; the first: MALFORMED: the line is no JSON"):
            self.run_on(["no JSON"])

    def test_documents_that_cannot_be_read_again(self):
        # A worker that takes documents whole at first, and refuses those that it is told the lines of.
        wrapper = self.write("wrapper.py", FORGETFUL)
        stories = [
            "The council met on Monday to talk about the bridge. Nobody knew what repairs would cost.",
            "Farmers harvested early after weeks without rain. Prices of wheat rose sharply in Chicago.",
            "A violinist from Prague won the competition. Judges praised her quiet, patient playing.",
        ]
        documents = [{"id": f"d{n}", "text": f"Read more on our site\n\n{story}"} for n, story in enumerate(stories)]
        plain = {"id": "plain", "text": "The harbour was quiet. No ship came in all day."}
        bad = {"id": "klingon", "text": "nuqneH", "language": "tlh"}
        out, stats = self.run_on([*documents, plain, bad], worker=[sys.executable, wrapper, MAIN], report=False)
        rows = {row["id"]: row["reason"] for row in self.spark.read.parquet(f"{out}/quarantine").collect()}
        self.assertEqual(sorted(rows), ["d0", "d1", "d2", "klingon"])
        self.assertRegex(rows["d0"], "^TOO_LARGE: the text of document .*d0")
        self.assertEqual((stats["documents"], stats["quarantined"]), (1, 4))
        self.assertFalse(os.path.exists(f"{out}/report.json"))


    def test_components(self):
        run = driver.Run.__new__(driver.Run)
        run.spark, run.out, run.stages, run.graph_frames = self.spark, os.path.join(self.folder, "found"), [], True
        dice = random.Random(1)
        # Chains, stars, rings and dust.
        pairs = [(n, n + 1) for n in range(20)] + [(100, 100 + n) for n in range(1, 9)] + [(200 + n, 200 + (n + 1) % 7) for n in range(7)]
        pairs += [(300 + dice.randrange(60), 300 + dice.randrange(60)) for _ in range(40)]
        pairs = [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
        wanted = least_of(pairs)
        frame = self.spark.createDataFrame(pairs, "a bigint, b bigint")
        found = {row["doc"]: row["component"] for row in driver.components(run, frame).collect()}
        self.assertEqual(found, wanted)
        # A stand-in for GraphFrames, whose components have numbers of its own.
        edges = self.spark.createDataFrame([(b, a) for a, b in pairs], "u bigint, v bigint")
        for n in range(2):
            run.out = os.path.join(self.folder, f"graph{n}")
            found = driver.components_by_graph_frames(run, edges, Graph)
            self.assertEqual({row["doc"]: row["component"] for row in found.collect()}, wanted)
            self.assertTrue(os.path.isdir(f"{run.out}/_stages/checkpoints"))
            self.assertTrue(self.spark.sparkContext._jsc.sc().getCheckpointDir().isEmpty())

    def test_without_graph_frames(self):
        run = driver.Run.__new__(driver.Run)
        run.spark, run.out, run.stages, run.graph_frames = self.spark, os.path.join(self.folder, "found"), [], False
        before = driver.graph_frames
        self.addCleanup(setattr, driver, "graph_frames", before)
        driver.graph_frames = lambda spark: Graph
        pairs = self.spark.createDataFrame([(1, 2), (2, 3)], "a bigint, b bigint")
        for run.graph_frames in (False, True):
            self.assertEqual({row["doc"]: row["component"] for row in driver.components(run, pairs).collect()}, {1: 1, 2: 1, 3: 1})
            self.assertEqual(run.stages[-1]["stage"] == "graph_frames", run.graph_frames)

    def test_graph_frames_without_its_jar(self):
        self.assertIsNone(driver.graph_frames(self.spark))
        sys.modules["graphframes"] = types.SimpleNamespace(GraphFrame=Graph)
        self.addCleanup(sys.modules.pop, "graphframes")
        self.assertIsNone(driver.graph_frames(self.spark))


def least_of(pairs):
    """For each number the least one that pairs connect it with."""
    least = {number: number for pair in pairs for number in pair}
    while True:
        before = dict(least)
        for a, b in pairs:
            least[a] = least[b] = min(least[a], least[b])
        if least == before:
            return least


class Graph:
    """What the driver asks of GraphFrames."""

    def __init__(self, vertices, edges):
        self.ids = [row["id"] for row in vertices.collect()]
        self.pairs = [(row["src"], row["dst"]) for row in edges.collect()]
        self.spark = vertices.sparkSession

    def connectedComponents(self):  # noqa: N802
        least = least_of(self.pairs)
        return self.spark.createDataFrame([(number, 7_000_000_000 - least[number]) for number in self.ids], "id bigint, component bigint")


FORGETFUL = """
import subprocess, sys
command, data = ["node", *sys.argv[1:]], None
if sys.argv[2:4] == ["worker", "keys"]:
    data = sys.stdin.buffer.read()
    if b"recurring" in data[:4000]:
        command += ["--max-document-bytes", "10"]
sys.exit(subprocess.run(command, input=data).returncode if data is not None else subprocess.run(command).returncode)
"""

if __name__ == "__main__":
    unittest.main()
