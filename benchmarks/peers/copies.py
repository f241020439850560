"""Duplicates of a corpus by one peer: `copies.py <name> <documents.jsonl>` prints seconds and what it found."""

import json
import re
import sys
import time

WORD = re.compile(r"[^\W_]+")
K, THRESHOLD = 128, 0.5


def shingles(text):
    words = WORD.findall(text.lower())
    return {" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))}


def datasketch(docs):
    """Candidate pairs of its LSH, those that its estimate puts at the threshold or above."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=K)
    signatures, pairs = {}, []
    for id, text in docs:
        signature = MinHash(num_perm=K)
        signature.update_batch([s.encode() for s in shingles(text)])
        for other in index.query(signature):
            if signatures[other].jaccard(signature) >= THRESHOLD:
                pairs.append((other, id))
        index.insert(id, signature, check_duplication=False)
        signatures[id] = signature
    return pairs, []


def rensa(docs):
    """Documents that its deduplicator would not take, being duplicates of one before."""
    from rensa import RMinHash, RMinHashDeduplicator

    deduplicator = RMinHashDeduplicator(THRESHOLD, K, True)
    refused = []
    for first in range(0, len(docs), 5000):
        some = docs[first : first + 5000]
        signatures = RMinHash.from_token_sets([list(shingles(text)) for _, text in some], K, 42)
        refused += [id for (id, _), signature in zip(some, signatures) if not deduplicator.add(id, signature)]
    return [], refused


name, path = sys.argv[1:3]
with open(path) as lines:
    docs = [(doc["id"], doc["text"]) for doc in map(json.loads, lines)]
begun, cpu = time.perf_counter(), time.process_time()
pairs, refused = {"datasketch": datasketch, "rensa": rensa}[name](docs)
print(json.dumps({"seconds": time.perf_counter() - begun, "cpuSeconds": time.process_time() - cpu, "pairs": pairs, "refused": refused}))
