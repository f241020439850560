"""One banded index in a process of its own: `lsh.py <name> <size>` prints a Result as ../speed/lsh-contender.ts does."""

import gc
import json
import resource
import sys
import time

K, BANDS, ROWS = 128, 32, 4
TOKENS, SHARED = 42, 28
RESEMBLANCE = SHARED / (2 * TOKENS - SHARED)
CHUNK = 20_000


def tokens(i):
    first = SHARED if i % 10 == 9 else 0
    return [str((i - 1) * 64 + t) for t in range(first)] + [str(i * 64 + t) for t in range(first, TOKENS)]


def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()


class Datasketch:
    def __init__(self):
        from datasketch import MinHashLSH

        self.index = MinHashLSH(num_perm=K, params=(BANDS, ROWS))

    def sign(self, ids):
        from datasketch import MinHash

        return MinHash.bulk([[t.encode() for t in tokens(i)] for i in ids], num_perm=K)

    def insert(self, ids, signatures):
        for i, signature in zip(ids, signatures):
            self.index.insert(i, signature, check_duplication=False)

    def query(self, signature):
        return self.index.query(signature)

    def estimate(self, a, b):
        return a.jaccard(b)


class Rensa:
    def __init__(self):
        from rensa import RMinHashLSH

        self.index = RMinHashLSH(0.5, K, BANDS)

    def sign(self, ids):
        from rensa import RMinHash

        return RMinHash.from_token_sets([tokens(i) for i in ids], K, 42)

    def insert(self, ids, signatures):
        self.index.insert_many(signatures, ids[0])

    def query(self, signature):
        return self.index.query(signature)

    def estimate(self, a, b):
        return a.jaccard(b)


class Gaoya:
    """It signs on the way in, so that its insertions and queries include signing; estimates of 0 and more pass."""

    def __init__(self):
        from gaoya.minhash import MinHashStringIndex

        self.index = MinHashStringIndex(32, 0.001, BANDS, ROWS, None, "word", True, (1, 1))

    def sign(self, ids):
        return [" ".join(tokens(i)) for i in ids]

    def insert(self, ids, texts):
        for i, text in zip(ids, texts):
            self.index.insert_document(i, text)

    def query(self, text):
        return self.index.query(text)


def run(contender, size):
    made = contender()
    warm = made.sign(range(10))
    made = contender()
    del warm
    inserting, grown = 0.0, 0
    for first in range(0, size, CHUNK):
        ids = range(first, min(size, first + CHUNK))
        signatures = made.sign(ids)
        gc.collect()
        before, begin = resident(), time.process_time()
        made.insert(ids, signatures)
        inserting += time.process_time() - begin
        grown += max(0, resident() - before)
        del signatures
    asked = list(range(9, size, 10))[:1000]
    signatures = made.sign(asked)
    begin = time.process_time()
    answers = [made.query(signature) for signature in signatures]
    querying = time.process_time() - begin
    found = sum(i - 1 in answer for i, answer in zip(asked, answers))
    proposed = sum(len(answer) - 1 for answer in answers)
    result = {
        "insert": inserting / size,
        "query": querying / len(asked),
        "bytes": grown / size,
        "recall": found / len(asked),
        "precision": found / max(1, proposed),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    if hasattr(made, "estimate"):
        before = made.sign([i - 1 for i in asked])
        errors = [made.estimate(a, b) - RESEMBLANCE for a, b in zip(signatures, before)]
        result["RMSE"] = (sum(e * e for e in errors) / len(errors)) ** 0.5
    return result


def main(name, size):
    contender = {"datasketch 2": Datasketch, "rensa 0.5": Rensa, "gaoya": Gaoya}[name]
    print(json.dumps(run(contender, int(size))))


main(*sys.argv[1:3])
