"""Estimates of resemblance by datasketch: `estimates.py <job.json>` with {"permutations", "pairs": [[[shingle], [shingle]]]}; prints a list."""

import json
import sys

from datasketch import MinHash

with open(sys.argv[1]) as file:
    job = json.load(file)


def signed(shingles):
    made = MinHash(num_perm=job["permutations"])
    made.update_batch([shingle.encode() for shingle in shingles])
    return made


print(json.dumps([signed(a).jaccard(signed(b)) for a, b in job["pairs"]]))
