import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Of `node:crypto`, in a page: digests, which a browser gives only later. */
export function createHash(name: 'sha1' | 'sha256') {
  const hash = { sha1, sha256 }[name].create();
  const digest = {
    update(data: string | Uint8Array) {
      hash.update(typeof data === 'string' ? utf8ToBytes(data) : data);
      return digest;
    },
    digest: (_: 'hex') => bytesToHex(hash.digest()),
  };
  return digest;
}
