"""One Python contender in a process of its own: `peers.py <name> <job.json>` prints a Result as contender.ts does."""

import json
import re
import resource
import sys
import time

import numpy as np

WORD = re.compile(r"[a-z0-9]+")


def shingles(text, size=3):
    words = WORD.findall(text.lower())
    return [" ".join(words[i : i + size]).encode() for i in range(max(1, len(words) - size + 1))]


def hashes_of(texts):
    """Ready hashes: 32-bit, well mixed, repeats included, as the kernel is given them."""
    import zlib

    out = []
    for text in texts:
        x = np.array([zlib.crc32(s) for s in shingles(text)], dtype=np.uint64)
        out.append((x * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32))
    return out


def measure(items, run_all, runs):
    """Processor time of runs long enough to be measured: as many documents as take a fifth of a second, over and over."""
    used, begin = 0, time.perf_counter()
    while used < len(items) and time.perf_counter() - begin < 0.2:
        run_all(items[used : used + 1])
        used += 1
    some = items[:used]
    run_all(some)
    begin = time.process_time()
    run_all(some)
    repeats = max(1, round(0.1 / max(1e-4, time.process_time() - begin)))
    seconds = []
    for _ in range(runs):
        begin = time.process_time()
        for _ in range(repeats):
            run_all(some)
        seconds.append((time.process_time() - begin) / repeats)
    return used, seconds


def datasketch(k):
    from datasketch import MinHash

    # Its batch call, which draws the permutations once for all.
    def make(items, **options):
        return MinHash.bulk(items, num_perm=k, **options)

    def estimator(texts):
        signatures = make([shingles(t) for t in texts])
        return lambda i: [signatures[i].jaccard(other) for other in signatures[i + 1 :]]

    return {
        "text": lambda texts: make([shingles(t) for t in texts]),
        "hashes": lambda columns: make(columns, hashfunc=lambda x: x),
        "estimator": estimator,
    }


def rensa(k, rho):
    from rensa import RMinHash

    tokens = RMinHash.digest_matrix_from_token_sets_rho if rho else RMinHash.digest_matrix_from_token_byte_sets
    flat = RMinHash.digest_matrix_from_flat_token_hashes_rho if rho else RMinHash.digest_matrix_from_flat_token_hashes

    def from_hashes(columns):
        offsets = np.zeros(len(columns) + 1, dtype=np.uint64)
        np.cumsum([len(c) for c in columns], out=offsets[1:])
        return flat(np.concatenate(columns), offsets, k, 42)

    def estimator(texts):
        rows = np.array(tokens([shingles(t) for t in texts], k, 42).to_rows())
        return lambda i: (rows[i + 1 :] == rows[i]).mean(axis=1).tolist()

    return {
        "text": lambda texts: tokens([shingles(t) for t in texts], k, 42),
        "hashes": from_hashes,
        "estimator": estimator,
    }


def gaoya(k):
    from gaoya.minhash import MinHashStringIndex

    # It signs only on the way into an index, so that a row of its includes the insertion.
    def insert(texts):
        index = MinHashStringIndex(32, 0.5, k // 4, 4, None, "word", True, (3, 3))
        for i, text in enumerate(texts):
            index.insert_document(i, text)

    def found(texts):
        index = MinHashStringIndex(32, NEAR, k // 4, 4, None, "word", True, (3, 3))
        for i, text in enumerate(texts):
            index.insert_document(i, text)
        pairs = {(min(i, j), max(i, j)) for i, text in enumerate(texts) for j in index.query(text) if i != j}
        return {"found": [i * len(texts) + j for i, j in pairs]}

    return {"text": insert, "verdict": found}


NEAR = 0.5


def judge(estimator, texts):
    """As quality.ts does: the estimates of the planted pairs, and all pairs estimated at NEAR or more."""
    of = estimator(texts) if texts else None
    estimates, found = [], []
    for i in range(len(texts)):
        row = of(i)
        if i % 2 == 0:
            estimates.append(row[0])
        found += [i * len(texts) + i + 1 + j for j, estimate in enumerate(row) if estimate >= NEAR]
    return {"estimates": estimates, "found": found}


CONTENDERS = {
    "datasketch 2": datasketch,
    "rensa 0.5 full": lambda k: rensa(k, False),
    "rensa 0.5 sampling": lambda k: rensa(k, True),
    "gaoya": gaoya,
}


def main(name, path):
    job = json.load(open(path))
    rows, verdicts = [], {}
    for k in job["permutations"]:
        contender = CONTENDERS[name](k)
        for words, texts in job["documents"].items():
            columns = hashes_of(texts)
            for form, items in (("text", texts), ("hashes", columns)):
                if form not in contender:
                    continue
                used, seconds = measure(items, contender[form], job["runs"])
                rows.append(
                    {
                        "from": form,
                        "words": int(words),
                        "permutations": k,
                        "bytes": sum(len(t) for t in texts[:used]),
                        "shingles": sum(len(c) for c in columns[:used]),
                        "seconds": seconds,
                    }
                )
        if "estimator" in contender:
            verdicts[k] = judge(contender["estimator"], job["planted"])
        elif job["planted"]:
            verdicts[k] = contender["verdict"](job["planted"])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"rows": rows, "verdicts": verdicts, "peakBytes": peak}))


main(*sys.argv[1:3])
