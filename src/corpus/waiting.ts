/** What is waited for, unless the signal comes first. A listener for each, since a promise that all were raced with would remember all. */
export function orAborted<T>(value: Promise<T>, signal: AbortSignal, error: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(error());
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

/**
 * The values of a source, for each of which `wait` says how long it is waited; a source that is given up is told.
 *
 * @param wait gives what it is given, or fails
 */
export async function* valuesOf<T>(
  source: AsyncIterable<T>,
  wait: <V>(value: Promise<V>) => Promise<V>,
): AsyncGenerator<T> {
  const values = source[Symbol.asyncIterator]();
  let given = false;
  let ended = false;
  try {
    for (;;) {
      given = false;
      const next = await wait(Promise.resolve(values.next()));
      ended = next.done === true;
      if (ended) return;
      given = true;
      yield next.value as T;
    }
  } finally {
    // One that gives no other value would never end either; else it is waited for, as by any loop that is left.
    const over = ended ? undefined : Promise.resolve(values.return?.());
    if (given) await over;
    else over?.catch(() => undefined);
  }
}
